using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Repeat)]
internal sealed class ReleaseHostHandler(MockEstate estate) : IActionHandler<ReleaseHost, HostIsolation>, IReadsBefore<ReleaseHost>
{
    public Task<Outcome<HostIsolation>> RunAsync(ReleaseHost action, ActionContext context) =>
        IsolationOrders.GiveAsync(estate, "edr.release_host", action.Host, action.Note, Isolation.Normal, context);

    public Task<Before> BeforeAsync(ReleaseHost action, ActionContext context) =>
        Task.FromResult(IsolationOrders.Before(estate, action.Host, Isolation.Normal));
}
