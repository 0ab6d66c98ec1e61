using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>From the EDR's own record, so it works while the host is offline.</summary>
internal sealed class GetProcessHandler(MockEstate estate) : IActionHandler<GetProcess, ProcessFound>
{
    public Task<Outcome<ProcessFound>> RunAsync(GetProcess action, ActionContext context) => Task.FromResult<Outcome<ProcessFound>>(
        estate.Read(company =>
        {
            var host = company.Host(action.Host);
            if (!host.Processes.TryGetValue(action.Pid, out var process))
            {
                throw new ActionFailure(FailureKind.NotFound, $"The EDR recorded no process {action.Pid} on {host.Hostname}.");
            }

            if (action.Image is { } image && !process.IsImage(image))
            {
                throw new ActionFailure(FailureKind.NotFound, $"Process {action.Pid} on {host.Hostname} is {process.Image}, not {image}: the id was used again.");
            }

            var parents = Parents(host, process);
            return new ProcessFound(
                HostView.Of(action.Pid, process),
                parents,
                [.. host.Processes.Where(other => other.Value.Parent == action.Pid).OrderBy(other => other.Value.StartedAt).Select(other => HostView.Of(other.Key, other.Value))],
                string.Join(" → ", Enumerable.Reverse(parents).Select(parent => parent.Image).Append(process.Image).Select(NameOf)));
        }));

    private static List<ProcessInfo> Parents(Host host, HostProcess process)
    {
        var parents = new List<ProcessInfo>();
        for (var next = process; next.Parent is { } pid && host.Processes.TryGetValue(pid, out var parent) && parents.Count < 32; next = parent)
        {
            parents.Add(HostView.Of(pid, parent));
        }

        return parents;
    }

    private static string NameOf(string image) => image[(image.LastIndexOf('\\') + 1)..];
}
