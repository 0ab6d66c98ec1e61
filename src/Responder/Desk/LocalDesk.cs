using System.Runtime.CompilerServices;
using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Hosting.Containment;
using Responder.Hosting.Evidence;
using Responder.Hosting.Views;
using Responder.Sdk;
using Responder.Storage;

namespace Responder.Cli.Desk;

/// <summary>The data folder itself, while no server has it. Whoever may read its files may answer as a lead.</summary>
internal sealed class LocalDesk(ResponderNode node, DataFolder folder, ILoggerFactory logs) : IDesk
{
    private static readonly string[] Roles = ["analyst", "lead"];

    public static string Me => $"terminal:{Environment.UserName}";

    public ResponderNode Node => node;

    public Task<Page<RunListItem>> RunsAsync(int limit, CancellationToken cancel) => node.Store.Queries.ListAsync(new RunFilter(Limit: limit), cancel);

    public async Task<RunView?> RunAsync(string runId, CancellationToken cancel) => await node.Store.Journal.ReadAsync(runId, 0, cancel) is { } stored
        ? RunView.Of(stored, DateTimeOffset.UtcNow, node.Connections.Service<IEffectCounter>()?.Effects(runId))
        : null;

    public async Task<string?> ReportAsync(string runId, string format, CancellationToken cancel)
    {
        if (await node.Store.Journal.ReadAsync(runId, 0, cancel) is not { } stored)
        {
            return null;
        }

        var report = IncidentReport.From([.. stored.Events.Select(JournalCodec.Read)], DateTimeOffset.UtcNow);
        return format switch { "html" => ReportHtml.Write(report), "json" => ReportJson.Write(report), _ => ReportMarkdown.Write(report) };
    }

    public async Task<string?> GraphAsync(string runId, CancellationToken cancel) =>
        await node.Store.Journal.ReadAsync(runId, 0, cancel) is { } stored ? await RunGraph.SvgAsync(node, stored, cancel) : null;

    public async Task<bool> EvidenceAsync(string runId, Stream to, CancellationToken cancel)
    {
        using var key = await EvidenceKey.OpenAsync(folder, cancel);
        return await new EvidencePack(node, key).WriteAsync(runId, Me, to, cancel);
    }

    public Task<SignalResult> CancelAsync(string runId, string? reason, CancellationToken cancel) => node.Host.SignalAsync(runId, new CancelRun(Me, reason));

    public Task<SignalResult> ResumeAsync(string runId, CancellationToken cancel) => node.Host.SignalAsync(runId, new ResumeRun(Me));

    public async Task<AutoAnswer> AutoOfAsync(string runId, CancellationToken cancel)
    {
        var stored = await node.Store.Journal.ReadAsync(runId, 0, cancel) ?? throw Verbs.RunsVerb.NoRun(runId);
        return ((RunCreated)JournalCodec.Read(stored.Events[0]).Event).Auto;
    }

    public async IAsyncEnumerable<RunNews> FollowAsync(string runId, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var feed = node.Store.Feed.Follow(runId);
        await node.Host.WakeAsync(runId);
        var shown = 0L;
        await foreach (var notice in feed.ReadAllAsync(cancel))
        {
            var entries = notice.Events.Where(entry => entry.Seq > shown).Select(JournalCodec.Read).ToList();
            shown = entries.Count > 0 ? entries[^1].Seq : shown;
            yield return new RunNews(entries, notice.Row?.Status);
            if (notice.Row is { } row && (row.Status.IsEnd() || row.Status == RunStatus.InDoubt))
            {
                break;
            }
        }

        // Its loop puts away what it holds; a run in doubt may still have a branch at work.
        await node.Host.WhenAwayAsync(runId).WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public async Task<UndoView?> UndoPlanAsync(string runId, CancellationToken cancel) =>
        await new UndoDesk(node).PlanAsync(runId, cancel) is { } plan ? UndoView.Of(runId, plan) : null;

    public async Task<(string? RunId, string? WhyNot)> UndoAsync(UndoOrder order, CancellationToken cancel)
    {
        var desk = new UndoDesk(node);
        var run = await desk.StartAsync((await desk.PlanAsync(order.RunId, cancel))!, order, drive: false, cancel);
        return run.Status == "skipped" ? (null, $"Run {run.Holder} takes it back already.") : (run.RunId, null);
    }

    public Task<IReadOnlyList<ContainmentView>> ContainmentAsync(CancellationToken cancel) => ContainmentList.ReadAsync(node, cancel);

    public Task<Page<AuditRecord>> AuditAsync(AuditFilter filter, CancellationToken cancel) => node.Store.Audit.ListAsync(filter, cancel);

    public async Task<Verbs.SwitchState> KillSwitchAsync(CancellationToken cancel) =>
        new(await node.Store.KillSwitch.ReadAsync(cancel), await node.Store.Queries.InFlightAsync(cancel));

    public Task SetKillSwitchAsync(string scope, string name, bool on, string reason, CancellationToken cancel) =>
        node.Store.KillSwitch.SetAsync(new KillSwitchRow(scope, name, Me, reason, DateTimeOffset.UtcNow), on, cancel);

    public Task<Page<ApprovalRow>> ApprovalsAsync(string? runId, CancellationToken cancel) => node.Store.Queries.ApprovalsAsync("pending", runId, 200, null, cancel);

    public Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => node.Store.Queries.ApprovalAsync(id, cancel);

    public Task<SignalResult> AnswerAsync(ApprovalRow shown, string choice, JsonElement? fields, string? comment, CancellationToken cancel) =>
        node.Host.SignalAsync(shown.RunId, new AnswerGate(shown.Id, Me, Roles, choice, fields, comment, shown.Gate.Hash, "terminal"));

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        folder.Dispose();
        logs.Dispose();
    }
}
