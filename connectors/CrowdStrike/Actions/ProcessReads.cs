using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

internal sealed class ListProcessesHandler(FalconHosts hosts, RtrDesk desk, HostScripts scripts) : IActionHandler<ListProcesses, ProcessesFound>
{
    public async Task<Outcome<ProcessesFound>> RunAsync(ListProcesses action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var all = await desk.UseAsync(device, session => scripts.ProcessesAsync(session, context.IdempotencyKey, context.Cancel), context.Cancel);
        var found = all.Where(process => action.Name is null || Images.Same(process.Image, action.Name)).OrderBy(process => process.Pid).ToList();
        return new ProcessesFound(found, found.Count);
    }
}

/// <summary>What runs now, by live response; a process that has ended is not in it.</summary>
internal sealed class GetProcessHandler(FalconHosts hosts, RtrDesk desk, HostScripts scripts) : IActionHandler<GetProcess, ProcessFound>
{
    public async Task<Outcome<ProcessFound>> RunAsync(GetProcess action, ActionContext context)
    {
        var device = await hosts.GetAsync(action.Host, context.Cancel);
        var all = (await desk.UseAsync(device, session => scripts.ProcessesAsync(session, context.IdempotencyKey, context.Cancel), context.Cancel)).ToDictionary(process => process.Pid);
        if (!all.TryGetValue(action.Pid, out var process))
        {
            throw new ActionFailure(FailureKind.NotFound, $"No process {action.Pid} runs on {device.Hostname}.");
        }

        if (action.Image is { } image && !Images.Same(process.Image, image))
        {
            throw new ActionFailure(FailureKind.NotFound, $"Process {action.Pid} on {device.Hostname} is {process.Image}, not {image}: the id was used again.");
        }

        var parents = new List<ProcessInfo>();
        for (var next = process; next.ParentPid is { } pid && all.TryGetValue(pid, out var parent) && parents.Count < 32 && !parents.Contains(parent); next = parent)
        {
            // A parent's number may have been used again by a process that is younger than its child.
            if (parent.StartedAt > next.StartedAt)
            {
                break;
            }

            parents.Add(parent);
        }

        return new ProcessFound(
            process, parents, [.. all.Values.Where(other => other.ParentPid == action.Pid && other.Pid != action.Pid).OrderBy(other => other.StartedAt)],
            string.Join(" → ", Enumerable.Reverse(parents).Select(parent => parent.Image).Append(process.Image).Select(Images.NameOf)));
    }
}

/// <summary>Images by full path or by name.</summary>
internal static class Images
{
    public static bool Same(string image, string wanted) =>
        string.Equals(image, wanted, StringComparison.OrdinalIgnoreCase) || (!wanted.Contains('\\', StringComparison.Ordinal) && string.Equals(NameOf(image), wanted, StringComparison.OrdinalIgnoreCase));

    public static string NameOf(string image) => image[(image.LastIndexOf('\\') + 1)..];
}
