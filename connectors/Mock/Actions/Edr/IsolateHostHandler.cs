using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Repeat)]
internal sealed class IsolateHostHandler(MockEstate estate) : IActionHandler<IsolateHost, HostIsolation>, IReadsBefore<IsolateHost>
{
    public Task<Outcome<HostIsolation>> RunAsync(IsolateHost action, ActionContext context) =>
        IsolationOrders.GiveAsync(estate, "edr.isolate_host", action.Host, action.Note, Isolation.Isolated, context);

    public Task<Before> BeforeAsync(IsolateHost action, ActionContext context) =>
        Task.FromResult(IsolationOrders.Before(estate, action.Host, Isolation.Isolated));
}
