using System.Text;
using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Engine.Planning;
using Responder.Hosting.Catalog;
using Responder.Playbooks;

namespace Responder.Hosting.Intake;

/// <summary>Starts a run because somebody says so.</summary>
/// <param name="node">Where it is started.</param>
/// <param name="catalog">The playbooks.</param>
/// <param name="intake">Reads an alert that comes with it.</param>
public sealed class ManualStart(ResponderNode node, PlaybookCatalog catalog, AlertIntake intake)
{
    /// <summary>Starts it. Completes after the commit.</summary>
    /// <param name="order">What is to be started.</param>
    /// <param name="pages">Where the pages are served; null where they are not.</param>
    /// <param name="cancel">Ends waiting before the admission.</param>
    public async Task<ManualResult> StartAsync(ManualOrder order, string? pages, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (ready, problems) = await PrepareAsync(order, cancel);
        if (ready is null)
        {
            return new ManualResult(null, null, problems);
        }

        if (order.Draft is not null)
        {
            return new ManualResult(null, null, ["A draft is not started; publish it first."]);
        }

        if (ready.Plan.Root.On is { Manual: false, Alert: var trigger } && (trigger is null || ready.Alert is null))
        {
            return new ManualResult(null, null, [$"'{order.Playbook}' can't be started by hand{(trigger is null ? string.Empty : " without an alert")}: its `on.manual` is not true."]);
        }

        var admitted = await node.Starter.StartAsync(
            ready.Fresh, [new StartRequest(ready.Plan, ready.Start, ready.Alert, order.By, order.Auto, Dedupe: false, PageAddress: pages, AlertId: order.AlertId)], drive: true, cancel);
        var run = admitted.Runs[0];
        return new ManualResult(new RunReceipt(run.RunId, run.Playbook, run.Status, run.Holder), ready.Fresh?.Id ?? order.AlertId, []);
    }

    /// <summary>What it would do; nothing of it is done.</summary>
    /// <param name="order">What would be started.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<(RunPlan? Plan, IReadOnlyList<string> Problems)> PlanAsync(ManualOrder order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        var (ready, problems) = await PrepareAsync(order, cancel);
        return ready is null
            ? (null, problems)
            : (await Planner.MakeAsync(ready.Plan, ready.Start, ready.Alert, node.Connections, node.Services.Policy, node.Services.Time, cancel), []);
    }

    private async Task<(Ready? Ready, IReadOnlyList<string> Problems)> PrepareAsync(ManualOrder order, CancellationToken cancel)
    {
        if ((order.Draft ?? catalog.Current.PlanOf(order.Playbook)) is not { } plan)
        {
            return (null, [$"There is no playbook '{order.Playbook}' without errors; there are {string.Join(", ", catalog.Current.Library.Playbooks.Keys.Order(StringComparer.Ordinal))}."]);
        }

        var (alert, fresh) = ((JsonElement?)null, (AlertRow?)null);
        if (order.AlertId is { } id)
        {
            alert = (await node.Store.Queries.AlertAsync(id, cancel))?.Normal;
            if (alert is null)
            {
                return (null, [$"There is no alert {id}."]);
            }
        }
        else if (order.Alert is { } given)
        {
            if (order.Source is { } source && !intake.Knows(source))
            {
                return (null, [$"There is no alert source '{source}'; there are {string.Join(", ", intake.Sources)}."]);
            }

            // An alert that is no JSON, an event's XML for one, comes as text.
            var read = intake.Read(order.Source ?? AlertNormalizer.Auto, given.ValueKind == JsonValueKind.String ? Encoding.UTF8.GetBytes(given.GetString()!) : JsonSerializer.SerializeToUtf8Bytes(given));
            if (read.Alerts is not [var one] || read.Refused.Count > 0)
            {
                return (null, [$"`alert` must be one alert; {read.Alerts.Count} came out of it.", .. read.Refused.Select(refused => refused.Reason)]);
            }

            fresh = Row(one with { Id = node.Ids.New() });
            alert = fresh.Normal;
        }

        var start = StartResolver.Resolve(plan.Root, alert, order.Inputs, node.Services.Time.GetUtcNow());
        return start.Start is { } resolved ? (new Ready(plan, resolved, alert, fresh), []) : (null, [.. start.Problems.Select(problem => problem.Reason)]);
    }

    // No delivery key: somebody who starts a run on an alert that came before wants a run.
    private static AlertRow Row(Alert alert) => new(
        alert.Id, alert.Source, null, alert.ReceivedAt, "accepted", alert.Title ?? "alert", alert.SeverityScore, alert.Device.Hostname,
        alert.User.Email ?? alert.User.Name, alert.ToJson(), alert.Raw.GetRawText(), null);

    private sealed record Ready(Plan Plan, PlannedStart Start, JsonElement? Alert, AlertRow? Fresh);
}

/// <summary>A run that somebody wants.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="By">Who: <c>user:…</c>, <c>key:…</c>.</param>
/// <param name="AlertId">An alert that is here.</param>
/// <param name="Alert">An alert that comes with it.</param>
/// <param name="Source">The form that it has; found by its shape where null.</param>
/// <param name="Inputs">Inputs in place of the defaults.</param>
/// <param name="Auto">Whether its gates are answered beforehand.</param>
/// <param name="Draft">A definition that is not in force: to be planned, not to be started.</param>
public sealed record ManualOrder(
    string Playbook, string By, string? AlertId = null, JsonElement? Alert = null, string? Source = null, IReadOnlyDictionary<string, JsonElement>? Inputs = null,
    AutoAnswer Auto = AutoAnswer.Ask, Plan? Draft = null);

/// <summary>The run, or why there is none.</summary>
/// <param name="Run">The run.</param>
/// <param name="AlertId">The alert that it is for.</param>
/// <param name="Problems">Why there is none.</param>
public sealed record ManualResult(RunReceipt? Run, string? AlertId, IReadOnlyList<string> Problems);
