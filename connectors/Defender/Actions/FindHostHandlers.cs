using System.Globalization;
using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Defender.Actions;

internal sealed class FindHostHandler(Machines machines, MachineActions actions) : IActionHandler<FindHost, HostFound>
{
    public async Task<Outcome<HostFound>> RunAsync(FindHost action, ActionContext context)
    {
        var same = (await machines.BeginningAsync(action.Hostname, context.Cancel)).Where(machine => machine.Is(action.Hostname)).ToList();
        return same switch
        {
            [var only] => only.View((await actions.IsolationAsync(only.Id!, context.Cancel)).State),
            [] => throw new ActionFailure(FailureKind.NotFound, $"Defender knows no machine named '{action.Hostname}'."),
            _ => throw new ActionFailure(
                FailureKind.Conflict, $"Defender knows {same.Count} machines named '{action.Hostname}': {string.Join(", ", same.Select(machine => $"{machine.Id} ({machine.LastIpAddress}, {machine.HealthStatus}, seen {machine.LastSeen:u})"))}. Offboard the stale one, or act by id."),
        };
    }
}

internal sealed class FindHostsHandler(Machines machines, MachineActions actions) : IActionHandler<FindHosts, HostsFound>
{
    public async Task<Outcome<HostsFound>> RunAsync(FindHosts action, ActionContext context)
    {
        if (action.Limit is < 1 or > 1000)
        {
            throw new ActionFailure(FailureKind.Invalid, $"limit is {action.Limit.ToString(CultureInfo.InvariantCulture)}; it takes 1 to 1,000.");
        }

        var begins = action.Name?.EndsWith('*') == true;
        var name = action.Name?.TrimEnd('*');
        var terms = new List<string>();
        if (name is not null)
        {
            terms.Add($"startswith(computerDnsName,{OData.Quote(name.ToLowerInvariant())})");
        }

        if (action.Tag is { } tag)
        {
            terms.Add($"machineTags/any(tag: tag eq {OData.Quote(tag)})");
        }

        IEnumerable<Machine> found = await machines.ListAsync(terms.Count > 0 ? string.Join(" and ", terms) : null, context.Cancel);
        if (action.User is { } user)
        {
            // Defender lists a user's machines by the account's name alone.
            var account = user[(user.LastIndexOf('\\') + 1)..].Split('@', 2)[0];
            var theirs = (await machines.OfUserAsync(account, context.Cancel)).Select(machine => machine.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
            found = found.Where(machine => theirs.Contains(machine.Id));
        }

        var all = found.Where(machine => name is null || begins || machine.Is(name)).OrderBy(machine => machine.Hostname, StringComparer.OrdinalIgnoreCase).ThenBy(machine => machine.Id, StringComparer.Ordinal).ToList();
        var hosts = new List<HostFound>();
        foreach (var machine in all.Take(action.Limit))
        {
            hosts.Add(machine.View((await actions.IsolationAsync(machine.Id!, context.Cancel)).State));
        }

        return new HostsFound(hosts, all.Count);
    }
}
