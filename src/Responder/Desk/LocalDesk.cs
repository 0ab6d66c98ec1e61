using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Hosting.Views;
using Responder.Sdk;
using Responder.Storage;

namespace Responder.Cli.Desk;

/// <summary>The data folder itself, while no server has it. Whoever may read its files may answer as a lead.</summary>
internal sealed class LocalDesk(ResponderNode node, DataFolder folder) : IDesk
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

    public Task<SignalResult> CancelAsync(string runId, string? reason, CancellationToken cancel) => node.Host.SignalAsync(runId, new CancelRun(Me, reason));

    public Task<Page<ApprovalRow>> ApprovalsAsync(CancellationToken cancel) => node.Store.Queries.ApprovalsAsync("pending", null, 200, null, cancel);

    public Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => node.Store.Queries.ApprovalAsync(id, cancel);

    public Task<SignalResult> AnswerAsync(ApprovalRow shown, string choice, JsonElement? fields, string? comment, CancellationToken cancel) =>
        node.Host.SignalAsync(shown.RunId, new AnswerGate(shown.Id, Me, Roles, choice, fields, comment, shown.Gate.Hash, "terminal"));

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        folder.Dispose();
    }
}
