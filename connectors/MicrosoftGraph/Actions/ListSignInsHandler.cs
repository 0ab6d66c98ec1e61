using System.Globalization;
using Microsoft.Graph.Models;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Identity;
using Responder.Sdk.Rest;
using SignIn = Responder.Sdk.Identity.SignIn;

namespace Responder.Connectors.MicrosoftGraph.Actions;

/// <summary>The sign-in log; needs Entra ID P1.</summary>
internal sealed class ListSignInsHandler(GraphApi graph, GraphUsers users) : IActionHandler<ListSignIns, SignInsListed>
{
    private const int PageSize = 500;

    public async Task<Outcome<SignInsListed>> RunAsync(ListSignIns action, ActionContext context)
    {
        if (action.Limit is < 1 or > 10_000)
        {
            throw new ActionFailure(FailureKind.Invalid, $"limit is {action.Limit.ToString(CultureInfo.InvariantCulture)}; it takes 1 to 10,000.");
        }

        var id = (await users.FindAsync(action.User, context.Cancel)).Id!;
        var filter = $"userId eq {OData.Quote(id)}{(action.Since is { } since ? $" and createdDateTime ge {OData.Time(since)}" : string.Empty)}";
        var page = await graph.Client.AuditLogs.SignIns.GetAsync(
            request => (request.QueryParameters.Filter, request.QueryParameters.Top, request.QueryParameters.Orderby) = (filter, Math.Min(PageSize, action.Limit), ["createdDateTime desc"]), context.Cancel);
        var found = new List<SignIn>();
        while (page is not null)
        {
            found.AddRange((page.Value ?? []).Select(View));
            page = page.OdataNextLink is { } next && found.Count < action.Limit ? await graph.Client.AuditLogs.SignIns.WithUrl(next).GetAsync(cancellationToken: context.Cancel) : null;
        }

        List<SignIn> newest = [.. found.OrderByDescending(signIn => signIn.At).Take(action.Limit)];
        return new SignInsListed(
            newest, newest.Count, [.. newest.Select(signIn => signIn.Country).OfType<string>().Distinct().Order(StringComparer.Ordinal)], newest.Count(signIn => !signIn.Success));
    }

    /// <summary>v1.0 has no field for the second factor; the status says in words that one was given.</summary>
    private static SignIn View(Microsoft.Graph.Models.SignIn one) => new(
        one.CreatedDateTime ?? DateTimeOffset.MinValue, one.IpAddress, one.Location?.City, one.Location?.CountryOrRegion, one.AppDisplayName, (one.Status?.ErrorCode ?? 0) == 0,
        (one.RiskLevelDuringSignIn ?? RiskLevel.None).ToString().ToLowerInvariant(),
        one.Status?.AdditionalDetails is { } words && (words.StartsWith("MFA completed", StringComparison.OrdinalIgnoreCase) || words.StartsWith("MFA requirement satisfied", StringComparison.OrdinalIgnoreCase)));
}
