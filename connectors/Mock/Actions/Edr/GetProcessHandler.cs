using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>From the EDR's own record, so it works while the host is offline.</summary>
internal sealed class GetProcessHandler(MockEstate estate) : IActionHandler<GetProcess, ProcessFound>
{
    public Task<Outcome<ProcessFound>> RunAsync(GetProcess action, ActionContext context) => Task.FromResult<Outcome<ProcessFound>>(
        estate.Read(company => company.Host(action.Host) is var host ? ProcessTree.Find(host.Processes.Select(process => HostView.Of(process.Key, process.Value)), action, host.Hostname) : null!));
}
