using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

internal sealed class FindHostsHandler(MockEstate estate) : IActionHandler<FindHosts, HostsFound>
{
    public Task<Outcome<HostsFound>> RunAsync(FindHosts action, ActionContext context)
    {
        if (action.Limit is < 1 or > 1000)
        {
            throw new ActionFailure(FailureKind.Invalid, $"limit is {action.Limit}; it takes 1 to 1,000.");
        }

        return Task.FromResult<Outcome<HostsFound>>(estate.Read(company =>
        {
            var found = company.Hosts.Values
                .Where(host => Named(host, action.Name)
                    && (action.Tag is null || host.Tags.Contains(action.Tag, StringComparer.OrdinalIgnoreCase))
                    && (action.User is null || IsUser(host, action.User)))
                .OrderBy(host => host.Hostname, StringComparer.OrdinalIgnoreCase).ThenBy(host => host.Id, StringComparer.Ordinal)
                .ToList();
            return new HostsFound([.. found.Take(action.Limit).Select(host => HostView.Of(host, context.Time))], found.Count);
        }));
    }

    private static bool Named(Host host, string? name) => name is null
        || (name.EndsWith('*')
            ? host.Hostname.StartsWith(name[..^1], StringComparison.OrdinalIgnoreCase)
            : string.Equals(host.Hostname, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>By account with or without its domain, or by the owner's mail address.</summary>
    private static bool IsUser(Host host, string user) =>
        string.Equals(host.LastUser, user, StringComparison.OrdinalIgnoreCase)
        || string.Equals(host.Owner, user, StringComparison.OrdinalIgnoreCase)
        || host.LastUser?.EndsWith("\\" + user, StringComparison.OrdinalIgnoreCase) == true;
}
