namespace Responder.Sdk.Edr;

/// <summary>A process among the others of its host.</summary>
public static class ProcessTree
{
    private const int MostParents = 32;

    /// <summary>The process that is asked for, with its parents and children.</summary>
    /// <param name="all">The host's processes.</param>
    /// <param name="asked">Which.</param>
    /// <param name="hostname">The host's name, for people.</param>
    /// <exception cref="ActionFailure">Not found, or its number belongs to another image.</exception>
    public static ProcessFound Find(IEnumerable<ProcessInfo> all, GetProcess asked, string hostname)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var byPid = all.ToDictionary(process => process.Pid);
        if (!byPid.TryGetValue(asked.Pid, out var process))
        {
            throw new ActionFailure(FailureKind.NotFound, $"No process {asked.Pid} is known on {hostname}.");
        }

        if (asked.Image is { } image && !Images.Same(process.Image, image))
        {
            throw new ActionFailure(FailureKind.NotFound, $"Process {asked.Pid} on {hostname} is {process.Image}, not {image}: the id was used again.");
        }

        var parents = new List<ProcessInfo>();
        for (var next = process; next.ParentPid is { } pid && byPid.TryGetValue(pid, out var parent) && parents.Count < MostParents && !parents.Contains(parent); next = parent)
        {
            // A parent's number may have been used again by a process that is younger than its child.
            if (parent.StartedAt > next.StartedAt)
            {
                break;
            }

            parents.Add(parent);
        }

        return new ProcessFound(
            process, parents, [.. byPid.Values.Where(other => other.ParentPid == asked.Pid && other.Pid != asked.Pid).OrderBy(other => other.StartedAt)],
            string.Join(" → ", Enumerable.Reverse(parents).Select(parent => parent.Image).Append(process.Image).Select(Images.NameOf)));
    }
}
