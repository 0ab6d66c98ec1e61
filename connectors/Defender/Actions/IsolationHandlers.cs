using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Defender.Actions;

[Recovery(Recover.Probe)]
internal sealed class IsolateHostHandler(Machines machines, MachineActions actions) : IActionHandler<IsolateHost, HostIsolation>, IReadsBefore<IsolateHost>, IProbe<IsolateHost, HostIsolation>
{
    public Task<Outcome<HostIsolation>> RunAsync(IsolateHost action, ActionContext context) => new IsolationOrder(machines, actions, isolate: true).GiveAsync(action.Host, action.Note, context);

    public Task<Before> BeforeAsync(IsolateHost action, ActionContext context) => new IsolationOrder(machines, actions, isolate: true).BeforeAsync(action.Host, context);

    public Task<ProbeAnswer<HostIsolation>> ProbeAsync(Intent<IsolateHost> intent, ActionContext context) => new IsolationOrder(machines, actions, isolate: true).ProbeAsync(intent.Action.Host, intent.Key, context);
}

[Recovery(Recover.Probe)]
internal sealed class ReleaseHostHandler(Machines machines, MachineActions actions) : IActionHandler<ReleaseHost, HostIsolation>, IReadsBefore<ReleaseHost>, IProbe<ReleaseHost, HostIsolation>
{
    public Task<Outcome<HostIsolation>> RunAsync(ReleaseHost action, ActionContext context) => new IsolationOrder(machines, actions, isolate: false).GiveAsync(action.Host, action.Note, context);

    public Task<Before> BeforeAsync(ReleaseHost action, ActionContext context) => new IsolationOrder(machines, actions, isolate: false).BeforeAsync(action.Host, context);

    public Task<ProbeAnswer<HostIsolation>> ProbeAsync(Intent<ReleaseHost> intent, ActionContext context) => new IsolationOrder(machines, actions, isolate: false).ProbeAsync(intent.Action.Host, intent.Key, context);
}
