using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>Through live response: what runs at this moment.</summary>
internal sealed class ListProcessesHandler(MockEstate estate) : IActionHandler<ListProcesses, ProcessesFound>
{
    public Task<Outcome<ProcessesFound>> RunAsync(ListProcesses action, ActionContext context) => Task.FromResult<Outcome<ProcessesFound>>(
        estate.Read(company =>
        {
            var host = company.Host(action.Host);
            host.MustBeOnline();
            var running = host.Processes
                .Where(process => process.Value.EndedAt is null && (action.Name is null || Images.Same(process.Value.Image, action.Name)))
                .OrderBy(process => process.Key)
                .Select(process => HostView.Of(process.Key, process.Value))
                .ToList();
            return new ProcessesFound(running, running.Count);
        }));
}
