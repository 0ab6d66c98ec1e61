using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting.Catalog;

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
        if (catalog.Current.PlanOf(order.Playbook) is not { } plan)
        {
            return ManualResult.No($"There is no playbook '{order.Playbook}' without errors; there are {string.Join(", ", catalog.Current.Library.Playbooks.Keys.Order(StringComparer.Ordinal))}.");
        }

        AlertRow? fresh = null;
        JsonElement? alert = null;
        if (order.AlertId is { } id)
        {
            if (await node.Store.Queries.AlertAsync(id, cancel) is not { } stored)
            {
                return ManualResult.No($"There is no alert {id}.");
            }

            alert = stored.Normal;
        }
        else if (order.Alert is { } given)
        {
            var read = intake.Read(order.Source ?? AlertNormalizer.Auto, JsonSerializer.SerializeToUtf8Bytes(given));
            if (read.Alerts is not [var one] || read.Refused.Count > 0)
            {
                return ManualResult.No([$"`alert` must be one alert; {read.Alerts.Count} came out of it.", .. read.Refused.Select(refused => refused.Reason)]);
            }

            fresh = Row(one with { Id = node.Ids.New() });
            alert = fresh.Normal;
        }

        if (!plan.Root.On.Manual && (plan.Root.On.Alert is null || alert is null))
        {
            return ManualResult.No($"'{order.Playbook}' can't be started by hand{(plan.Root.On.Alert is null ? string.Empty : " without an alert")}: its `on.manual` is not true.");
        }

        var start = StartResolver.Resolve(plan.Root, alert, order.Inputs, node.Services.Time.GetUtcNow());
        if (start.Start is null)
        {
            return ManualResult.No([.. start.Problems.Select(problem => problem.Reason)]);
        }

        var admitted = await node.Starter.StartAsync(
            fresh, [new StartRequest(plan, start.Start, alert, order.By, Dedupe: false, PageAddress: pages, AlertId: order.AlertId)], drive: true, cancel);
        var run = admitted.Runs[0];
        return new ManualResult(new RunReceipt(run.RunId, run.Playbook, run.Status, run.Holder), fresh?.Id ?? order.AlertId, []);
    }

    // No delivery key: somebody who starts a run on an alert that came before wants a run.
    private static AlertRow Row(Alert alert) => new(
        alert.Id, alert.Source, null, alert.ReceivedAt, "accepted", alert.Title ?? "alert", alert.SeverityScore, alert.Device.Hostname,
        alert.User.Email ?? alert.User.Name, alert.ToJson(), alert.Raw.GetRawText(), null);
}

/// <summary>A run that somebody wants.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="By">Who: <c>user:…</c>, <c>key:…</c>.</param>
/// <param name="AlertId">An alert that is here.</param>
/// <param name="Alert">An alert that comes with it.</param>
/// <param name="Source">The form that it has; found by its shape where null.</param>
/// <param name="Inputs">Inputs in place of the defaults.</param>
public sealed record ManualOrder(
    string Playbook, string By, string? AlertId = null, JsonElement? Alert = null, string? Source = null, IReadOnlyDictionary<string, JsonElement>? Inputs = null);

/// <summary>The run, or why there is none.</summary>
/// <param name="Run">The run.</param>
/// <param name="AlertId">The alert that it is for.</param>
/// <param name="Problems">Why there is none.</param>
public sealed record ManualResult(RunReceipt? Run, string? AlertId, IReadOnlyList<string> Problems)
{
    internal static ManualResult No(params IReadOnlyList<string> problems) => new(null, null, problems);
}
