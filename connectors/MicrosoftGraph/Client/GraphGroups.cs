using Microsoft.Graph.Models;

namespace Responder.Connectors.MicrosoftGraph.Client;

/// <summary>What an account is a member of, nesting resolved by Entra ID.</summary>
internal sealed class GraphGroups(GraphApi graph, GraphSettings settings)
{
    public async Task<Membership> OfAsync(string user, CancellationToken cancel)
    {
        var builder = graph.Client.Users[user].TransitiveMemberOf;
        var page = await builder.GetAsync(request => request.QueryParameters.Top = 999, cancel);
        var (groups, roles, privileged) = (new List<string>(), new List<string>(), new List<string>());
        while (page is not null)
        {
            foreach (var one in page.Value ?? [])
            {
                switch (one)
                {
                    case Group { DisplayName: { } name } group:
                        groups.Add(name);
                        if (group.IsAssignableToRole == true || settings.PrivilegedGroups.Contains(name, StringComparer.OrdinalIgnoreCase))
                        {
                            privileged.Add(name);
                        }

                        break;
                    case DirectoryRole { DisplayName: { } name }:
                        roles.Add(name);
                        break;
                }
            }

            page = page.OdataNextLink is { } next ? await builder.WithUrl(next).GetAsync(cancellationToken: cancel) : null;
        }

        return new Membership([.. groups, .. roles], [.. privileged, .. roles], roles);
    }
}

/// <summary>Groups and roles of an account.</summary>
/// <param name="All">Their names.</param>
/// <param name="Privileged">Directory roles, groups that may hold one, and those that the settings name.</param>
/// <param name="Roles">Directory roles alone.</param>
internal sealed record Membership(IReadOnlyList<string> All, IReadOnlyList<string> Privileged, IReadOnlyList<string> Roles);
