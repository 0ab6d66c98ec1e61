using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Actions;

[Recovery(Recover.Repeat)]
internal sealed class IsolateHostHandler(FalconClient falcon, FalconHosts hosts) : IActionHandler<IsolateHost, HostIsolation>, IReadsBefore<IsolateHost>
{
    public Task<Outcome<HostIsolation>> RunAsync(IsolateHost action, ActionContext context) =>
        new ContainmentOrder(falcon, hosts, "contain", "isolated").GiveAsync(action.Host, action.Note, context);

    public async Task<Before> BeforeAsync(IsolateHost action, ActionContext context)
    {
        var state = (await hosts.GetAsync(action.Host, context.Cancel)).Isolation;
        return new Before(state != "isolated", state);
    }
}

[Recovery(Recover.Repeat)]
internal sealed class ReleaseHostHandler(FalconClient falcon, FalconHosts hosts) : IActionHandler<ReleaseHost, HostIsolation>, IReadsBefore<ReleaseHost>
{
    public Task<Outcome<HostIsolation>> RunAsync(ReleaseHost action, ActionContext context) =>
        new ContainmentOrder(falcon, hosts, "lift_containment", "normal").GiveAsync(action.Host, action.Note, context);

    public async Task<Before> BeforeAsync(ReleaseHost action, ActionContext context)
    {
        var state = (await hosts.GetAsync(action.Host, context.Cancel)).Isolation;
        return new Before(state != "normal", state);
    }
}

/// <summary>An order to cut a host off or to let it back: the status first, the order once, then the status until it is as wanted.</summary>
internal sealed class ContainmentOrder(FalconClient falcon, FalconHosts hosts, string name, string wanted)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public async Task<Outcome<HostIsolation>> GiveAsync(string id, string? note, ActionContext context)
    {
        var device = await hosts.GetAsync(id, context.Cancel);
        var waits = wanted == "isolated" ? "pending" : "release_pending";
        if (device.Isolation == wanted)
        {
            return Outcome.AlreadySo(View(device, device.Isolation));
        }

        if (device.Isolation == "release_pending" && wanted == "isolated")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{device.Hostname} waits to be released. Find out who ordered it before it is isolated again.");
        }

        return device.Isolation != waits && await OrderAsync(device.DeviceId!, note, context)
            ? await Ordered.FollowAsync($"The order ({name}) was given to {device.Hostname}", () => FollowAsync(id, ordered: true, context))
            : await FollowAsync(id, ordered: false, context);
    }

    private async Task<Outcome<HostIsolation>> FollowAsync(string id, bool ordered, ActionContext context)
    {
        var began = context.Time.GetUtcNow();
        while (true)
        {
            var device = await hosts.GetAsync(id, CancellationToken.None);
            if (device.Isolation == wanted)
            {
                return ordered ? View(device, wanted) : Outcome.AlreadySo(View(device, wanted));
            }

            // Falcon keeps the order for a host that is away: it is in force when the host is back, not before.
            var online = await hosts.OnlineAsync([device.DeviceId!], CancellationToken.None);
            if (online.GetValueOrDefault(device.DeviceId!) == "offline" || context.Time.GetUtcNow() - began > Longest || context.Cancel.IsCancellationRequested)
            {
                return Outcome.Pending(View(device, "pending"));
            }

            await Task.Delay(Poll, context.Time, CancellationToken.None);
        }
    }

    /// <summary>False where Falcon says (409) that it is so already.</summary>
    private async Task<bool> OrderAsync(string id, string? note, ActionContext context)
    {
        var request = new RestRequest("/devices/entities/devices-actions/v2", Method.Post).WithQuery("action_name", name).WithJson(new
        {
            ids = (string[])[id],
            action_parameters = note is null ? null : new[] { new { name = "note", value = note.Length > 500 ? note[..500] : note } },
        });
        try
        {
            await falcon.Rest.ActAsync(request, context);
            return true;
        }
        catch (ActionFailure failure) when (failure is { Kind: FailureKind.Conflict, Code: "409" })
        {
            return false;
        }
    }

    private static HostIsolation View(FalconDevice device, string state) => new(device.DeviceId!, device.Hostname, state, state == "pending" ? null : device.ModifiedTimestamp);
}
