using Microsoft.Graph.Models;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.MicrosoftGraph.Client;

/// <summary>Users: found by id, user principal name, mail address, or account name on premises.</summary>
internal sealed class GraphUsers(GraphApi graph)
{
    private static readonly string[] Fields =
        ["id", "userPrincipalName", "displayName", "mail", "accountEnabled", "department", "jobTitle", "userType", "onPremisesSyncEnabled", "onPremisesSamAccountName", "signInSessionsValidFromDateTime"];

    /// <summary>The user, with the manager.</summary>
    /// <exception cref="ActionFailure">Not found, or several of that address.</exception>
    public async Task<User> FindAsync(string user, CancellationToken cancel)
    {
        if (Guid.TryParse(user, out _) || user.Contains('@', StringComparison.Ordinal))
        {
            try
            {
                return await GetAsync(user, cancel);
            }
            catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
            {
                // An address may be an alias of the user principal name.
                return user.Contains('@', StringComparison.Ordinal) ? await OneAsync($"mail eq {OData.Quote(user)}", user, advanced: false, cancel) : throw Unknown(user, failure);
            }
        }

        return await OneAsync($"onPremisesSamAccountName eq {OData.Quote(user[(user.IndexOf('\\', StringComparison.Ordinal) + 1)..])}", user, advanced: true, cancel);
    }

    /// <summary>The user of an id or user principal name, as it is now.</summary>
    public async Task<User> GetAsync(string id, CancellationToken cancel) =>
        await graph.Client.Users[id].GetAsync(
            request => (request.QueryParameters.Select, request.QueryParameters.Expand) = (Fields, ["manager($select=id,mail,userPrincipalName)"]), cancel)
        ?? throw Unknown(id);

    public static string? ManagerOf(User user) => user.Manager is User manager ? manager.Mail ?? manager.UserPrincipalName : null;

    /// <summary>A filter on a field from on premises is an advanced query: it needs a count and the header, and sees a new user late.</summary>
    private async Task<User> OneAsync(string filter, string asked, bool advanced, CancellationToken cancel)
    {
        var found = await graph.Client.Users.GetAsync(
            request =>
            {
                (request.QueryParameters.Filter, request.QueryParameters.Select, request.QueryParameters.Top) = (filter, ["id"], 2);
                if (advanced)
                {
                    request.QueryParameters.Count = true;
                    request.Headers.Add("ConsistencyLevel", "eventual");
                }
            },
            cancel);
        return found?.Value switch
        {
            [{ Id: { } id }] => await GetAsync(id, cancel),
            null or [] => throw Unknown(asked),
            _ => throw new ActionFailure(FailureKind.Conflict, $"Entra ID knows several users '{asked}'. Give the user principal name or the id."),
        };
    }

    private static ActionFailure Unknown(string user, ActionFailure? cause = null) =>
        new(FailureKind.NotFound, $"Entra ID knows no user '{user}'.", cause) { Code = cause?.Code ?? "Request_ResourceNotFound", TraceId = cause?.TraceId };
}
