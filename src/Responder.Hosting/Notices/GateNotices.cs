using System.Text.Json;
using Microsoft.Extensions.Logging;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting.Catalog;
using Responder.Sdk;

namespace Responder.Hosting.Notices;

/// <summary>
/// Tells people outside of the pages that a gate still waits, or that others are asked now: for each it starts a playbook, which says by which product and to
/// whom. So a message has its intent, its journal and its policy like every effect, and none is sent twice for the same reminder.
/// </summary>
/// <param name="node">Whose commits are followed; other nodes see to their own.</param>
/// <param name="catalog">The playbooks.</param>
/// <param name="playbook">The playbook's id, by the setting <c>Approvals:Notify</c>.</param>
/// <param name="log">The log.</param>
public sealed partial class GateNotices(ResponderNode node, PlaybookCatalog catalog, string playbook, ILogger log)
{
    private const string By = "notice";
    private static readonly TimeSpan Once = TimeSpan.FromDays(1);

    /// <summary>Follows what is committed until it is ended.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var feed = node.Store.Feed.Follow(null);
        await foreach (var notice in feed.ReadAllAsync(cancel))
        {
            foreach (var stored in notice.Events.Where(stored => stored.Type is "gate_reminded" or "gate_escalated"))
            {
                await SafelyAsync(notice.RunId, JournalCodec.Read(stored).Event, cancel);
            }
        }
    }

    private async Task SafelyAsync(string runId, RunEvent happened, CancellationToken cancel)
    {
        try
        {
            await TellAsync(runId, happened, cancel);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            NotTold(log, playbook, runId, failure.Message);
        }
    }

    private async Task TellAsync(string runId, RunEvent happened, CancellationToken cancel)
    {
        var (id, kind, mark) = happened switch
        {
            GateReminded reminded => (reminded.GateId, "reminder", $"reminder {reminded.Time}"),
            GateEscalated escalated => (escalated.GateId, "escalation", $"escalation {Json.Time(escalated.Deadline)}"),
            _ => throw new InvalidOperationException($"Nobody is told of a {happened.GetType().Name}."),
        };
        if (await node.Store.Queries.ApprovalAsync(id, cancel) is not { Status: "pending" } approval || catalog.Current.PlanOf(playbook) is not { } plan)
        {
            return;
        }

        // A gate of its own would tell of itself for ever.
        if ((await node.Store.Queries.FindAsync(runId, cancel))?.Playbook == playbook)
        {
            return;
        }

        // A playbook takes of it what it declares. The title comes from the run, and so from an attacker: it goes in as a value.
        var pages = node.Connections.Answers.Address;
        var told = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = kind,
            ["title"] = approval.Title,
            ["run"] = runId,
            ["approval"] = id,
            ["roles"] = string.Join(", ", approval.Gate.Roles),
            ["deadline"] = approval.Deadline is { } deadline ? Json.Time(deadline) : string.Empty,
            ["url"] = pages is null ? string.Empty : $"{pages.TrimEnd('/')}/approvals/{id}",
        };
        var inputs = told.Where(one => plan.Root.Inputs.Any(input => input.Name == one.Key)).ToDictionary(one => one.Key, one => JsonSerializer.SerializeToElement(one.Value), StringComparer.Ordinal);
        var resolved = StartResolver.Resolve(plan.Root, null, inputs, node.Services.Time.GetUtcNow());
        if (resolved.Start is not { } start)
        {
            NotTold(log, playbook, runId, string.Join(' ', resolved.Problems.Select(problem => problem.Reason)));
            return;
        }

        await node.Starter.StartAsync(
            null, [new StartRequest(plan, start with { DedupeKey = $"{By}|{id}|{mark}", DedupeWindow = Once }, null, By, PageAddress: pages)], drive: true, cancel);
    }

    [LoggerMessage(1591, LogLevel.Error, "Approvals:Notify: the playbook '{Playbook}' could not tell of an open gate of run {RunId}: {Reason}")]
    private static partial void NotTold(ILogger log, string playbook, string runId, string reason);
}
