namespace Responder.Hosting.Containment;

/// <summary>What is isolated or disabled now, by which run and whom, why, until when.</summary>
public static class ContainmentList
{
    /// <summary>Those in force, the oldest first.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cancel">Ends waiting.</param>
    public static async Task<IReadOnlyList<ContainmentView>> ReadAsync(ResponderNode node, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(node);
        var rows = (await node.Store.Queries.EffectsAsync(null, cancel))
            .Where(row => node.Connections.Catalog.Find(row.Action) is { Undo: not null, Lifts: false } && row.Status is "done" or "already_so" or "pending" or "in_doubt" or "intended");
        var views = new List<ContainmentView>();
        foreach (var run in rows.GroupBy(row => row.RunId))
        {
            var item = await node.Store.Queries.FindAsync(run.Key, cancel);
            var approvals = await node.Store.Queries.ApprovalsAsync("closed", run.Key, 200, null, cancel);
            views.AddRange(run.Select(row => new ContainmentView(
                row.TargetName, row.Target, row.Connection, row.Action, row.Status, row.RunId, item?.Playbook ?? string.Empty,
                approvals.Items.LastOrDefault(approval => approval.Path == row.Path)?.By ?? item?.StartedBy ?? string.Empty, item?.Title ?? string.Empty, row.At, row.Until, !row.BeforeFree)));
        }

        return [.. views.OrderBy(view => view.Since).ThenBy(view => view.Target, StringComparer.Ordinal)];
    }
}

/// <summary>A containment in force.</summary>
/// <param name="Name">The host or account, for people.</param>
/// <param name="Target">Kind and canonical id.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Action">What was done.</param>
/// <param name="Status"><c>done</c>, <c>already_so</c>, <c>pending</c> (the product keeps the order), <c>intended</c> (on its way), <c>in_doubt</c>.</param>
/// <param name="RunId">The run that holds it.</param>
/// <param name="Playbook">Its playbook.</param>
/// <param name="By">Who approved it, or what started the run.</param>
/// <param name="Why">The run in a line.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">The end of its lease; null for none.</param>
/// <param name="Before">True where it was so before the run, by somebody else.</param>
public sealed record ContainmentView(
    string Name, string Target, string Connection, string Action, string Status, string RunId, string Playbook, string By, string Why, DateTimeOffset Since, DateTimeOffset? Until, bool Before);
