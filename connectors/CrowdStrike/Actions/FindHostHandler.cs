using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>Falcon's equality is loose (no case, words), so every name that comes back is compared here.</summary>
internal sealed class FindHostHandler(FalconHosts hosts) : IActionHandler<FindHost, HostFound>
{
    public async Task<Outcome<HostFound>> RunAsync(FindHost action, ActionContext context)
    {
        var (found, _) = await hosts.FindAsync(Fql.Is("hostname", action.Hostname), 100, context.Cancel);
        var same = found.Where(device => string.Equals(device.Hostname, action.Hostname, StringComparison.OrdinalIgnoreCase)).ToList();
        return same switch
        {
            [var only] => await hosts.ViewAsync(only, context.Cancel),
            [] => throw new ActionFailure(FailureKind.NotFound, $"Falcon knows no host named '{action.Hostname}'."),
            _ => throw new ActionFailure(
                FailureKind.Conflict, $"Falcon knows {same.Count} hosts named '{action.Hostname}': {string.Join(", ", same.Select(host => $"{host.DeviceId} ({host.LocalIp}, seen {host.LastSeen:u})"))}. Hide the stale one there, or act by id."),
        };
    }
}

internal sealed class FindHostsHandler(FalconHosts hosts) : IActionHandler<FindHosts, HostsFound>
{
    public async Task<Outcome<HostsFound>> RunAsync(FindHosts action, ActionContext context)
    {
        if (action.Limit is < 1 or > 1000)
        {
            throw new ActionFailure(FailureKind.Invalid, $"limit is {action.Limit}; it takes 1 to 1,000.");
        }

        var terms = new List<string>();
        if (action.Name is { } name)
        {
            terms.Add(name.EndsWith('*') ? Fql.Begins("hostname", name[..^1]) : Fql.Is("hostname", name));
        }

        if (action.Tag is { } tag)
        {
            terms.Add($"tags:[{Fql.Quote("FalconGroupingTags/" + tag)},{Fql.Quote("SensorGroupingTags/" + tag)},{Fql.Quote(tag)}]");
        }

        if (action.User is { } user)
        {
            terms.Add($"(last_login_user:{Fql.Quote(user[(user.LastIndexOf('\\') + 1)..])},email:{Fql.Quote(user)})");
        }

        var (found, total) = await hosts.FindAsync(string.Join('+', terms), action.Limit, context.Cancel);
        var online = await hosts.OnlineAsync([.. found.Select(device => device.DeviceId!)], context.Cancel);
        return new HostsFound([.. found.Select(device => device.View(online.GetValueOrDefault(device.DeviceId!) == "online"))], total);
    }
}
