using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Hosting.Errands;

/// <summary>Tells the product that sent an alert that a run is at work on it, and how it ended.</summary>
internal sealed class NewsHandler(ResponderNode node) : IErrandHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    public string Kind => AlertErrands.News;

    public async Task<ErrandEnd> DoAsync(Errand errand, CancellationToken cancel)
    {
        var order = errand.Payload.Deserialize<NewsOrder>(Json.Options)!;
        var port = node.Connections.ServiceOf<IAlertWriteBack>(order.Connection)
            ?? throw new ActionFailure(FailureKind.NotFound, $"There is no connection '{order.Connection}' any more to which the alert could be written back.");
        if (await node.Store.Queries.FindAsync(errand.RunId!, cancel) is not { } run || await node.Store.Queries.AlertAsync(order.AlertId, cancel) is not { } alert)
        {
            return ErrandEnd.Done;
        }

        if (await IsItsOwnAsync(errand, run, alert, cancel))
        {
            return ErrandEnd.Done;
        }

        // A run that waits for its turn has not begun; one that is over says so by its other errand.
        var begins = order.Stage == "start";
        if (begins && (run.Status == RunStatus.Queued || run.Status.IsEnd()))
        {
            return run.Status == RunStatus.Queued ? ErrandEnd.TooEarly(Soon) : ErrandEnd.Done;
        }

        if (await HeldAsync(order.Connection, run.Playbook, cancel))
        {
            return ErrandEnd.TooEarly(Soon);
        }

        await port.WriteAsync(begins ? Begun(order, errand, run, alert) : Ended(order, errand, run, alert), cancel);
        return ErrandEnd.Done;
    }

    // News of the very alert that started the run is attached to it: what is to be told of that one, the run's own errands tell.
    private async Task<bool> IsItsOwnAsync(Errand errand, RunListItem run, AlertRow alert, CancellationToken cancel) =>
        !errand.Id.StartsWith($"news/{run.RunId}/start", StringComparison.Ordinal) && !errand.Id.StartsWith($"news/{run.RunId}/end", StringComparison.Ordinal)
        && run.AlertId is { } first && await node.Store.Queries.AlertAsync(first, cancel) is { } began && began.Source == alert.Source && SourceId(began) == SourceId(alert);

    private static string? SourceId(AlertRow alert) => alert.Normal.GetProperty("source_id").GetString();

    // It changes something outside, so the switch holds it as it holds a step.
    private async Task<bool> HeldAsync(string connection, string playbook, CancellationToken cancel)
    {
        var connector = node.Connections.Named(connection)?.Connector;
        return (await node.Store.KillSwitch.ReadAsync(cancel)).Any(row => row.Scope switch
        {
            "connector" => row.Name == connector,
            "playbook" => row.Name == playbook,
            _ => true,
        });
    }

    private static AlertNews Begun(NewsOrder order, Errand errand, RunListItem run, AlertRow alert) => News(
        order, errand, alert, AlertWork.InProgress, AlertVerdict.None, order.Assignee, $"Responder works on this alert: playbook {run.Playbook}, run {run.RunId}.{Page(order, run)}");

    private static AlertNews Ended(NewsOrder order, Errand errand, RunListItem run, AlertRow alert)
    {
        var verdict = run.Status != RunStatus.Succeeded ? AlertVerdict.None : run.Outcome switch
        {
            "contained" => AlertVerdict.TruePositive,
            "false_positive" => AlertVerdict.FalsePositive,
            "benign" => AlertVerdict.Benign,
            _ => AlertVerdict.None,
        };
        var settled = order.Resolve && verdict != AlertVerdict.None;
        var status = Json.Word(run.Status).Replace('_', ' ');
        return News(
            order, errand, alert, settled ? AlertWork.Resolved : AlertWork.InProgress, verdict, null,
            $"Responder's run {run.RunId} of playbook {run.Playbook} ended: {status}{(run.Outcome is null ? string.Empty : $", {run.Outcome.Replace('_', ' ')}")}."
            + $"{(run.Reason is { } reason ? $" {Line(reason)}" : string.Empty)}{(settled ? string.Empty : " Somebody has to look at the alert.")}{Page(order, run)}");
    }

    private static AlertNews News(NewsOrder order, Errand errand, AlertRow alert, AlertWork work, AlertVerdict verdict, string? assignee, string text) => new(
        alert.Source, SourceId(alert)!, work, verdict, $"{text} [{Key(errand)}]", assignee, Key(errand), JsonSerializer.Deserialize<JsonElement>(alert.Raw));

    private static string Key(Errand errand) => $"responder/{errand.Id["news/".Length..]}";

    private static string Page(NewsOrder order, RunListItem run) => order.Pages is { } pages ? $" {pages.TrimEnd('/')}/runs/{run.RunId}" : string.Empty;

    // A reason may hold what an alert says: it stays one line of plain text.
    private static string Line(string text)
    {
        var line = string.Concat(text.Select(sign => char.IsControl(sign) ? ' ' : sign));
        return line.Length <= 500 ? line : line[..500] + "…";
    }
}
