using Microsoft.Extensions.Logging;
using Responder.Engine.Alerts;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting.Catalog;
using Responder.Hosting.Errands;
using Responder.Playbooks.Mappings;
using Responder.Storage;

namespace Responder.Hosting.Intake;

/// <summary>A delivery becomes alerts, alerts meet playbooks, and each alert is kept with the runs that it starts in one transaction.</summary>
public sealed partial class AlertIntake
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly ResponderNode _node;
    private readonly PlaybookCatalog _catalog;
    private readonly AlertNormalizer _normalizer;
    private readonly WindowCounter _counter;
    private readonly WindowSaver _windows;
    private readonly ILogger _log;
    private readonly SuppressionCatalog? _suppressions;
    private readonly AlertErrands? _errands;
    private readonly Lock _counting = new();
    private long _observations;
    private volatile PlaybookSet? _idsKept;

    /// <summary>Makes it ready; <see cref="RestoreAsync"/> comes first.</summary>
    /// <param name="node">Where runs are started.</param>
    /// <param name="catalog">The playbooks.</param>
    /// <param name="mappings">The sources.</param>
    /// <param name="log">The log.</param>
    /// <param name="suppressions">What is not to be started; null for no rule.</param>
    /// <param name="errands">What is to be done outside for an alert; null for nothing.</param>
    public AlertIntake(
        ResponderNode node, PlaybookCatalog catalog, IReadOnlyList<SourceMapping> mappings, ILogger log, SuppressionCatalog? suppressions = null, AlertErrands? errands = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        (_node, _catalog, _log, _suppressions, _errands) = (node, catalog, log, suppressions, errands);
        _normalizer = new AlertNormalizer(mappings);
        _counter = new WindowCounter(mappings, _normalizer);
        _windows = new WindowSaver(node.Store.Windows);
    }

    /// <summary>The names of the sources.</summary>
    public IReadOnlyList<string> Sources => _normalizer.Sources;

    /// <summary>True where there is such a source.</summary>
    /// <param name="source">Its name.</param>
    public bool Knows(string source) => _normalizer.Knows(source);

    /// <summary>Takes up the counts that were kept.</summary>
    /// <param name="cancel">Ends waiting.</param>
    public async Task RestoreAsync(CancellationToken cancel) => _counter.Restore(await _node.Store.Windows.LoadAsync(cancel));

    /// <summary>Reads a body without keeping anything.</summary>
    /// <param name="source">The source, or <c>auto</c>.</param>
    /// <param name="body">As received.</param>
    public NormalizeResult Read(string source, ReadOnlyMemory<byte> body) => _normalizer.Normalize(source, body, _node.Services.Time.GetUtcNow());

    /// <summary>Takes a delivery. Completes after all that was accepted of it is on disk.</summary>
    /// <param name="source">The source, or <c>auto</c>.</param>
    /// <param name="body">As received.</param>
    /// <param name="pages">Where the pages are served; null where they are not.</param>
    /// <param name="cancel">Ends waiting. What was begun by then is finished all the same.</param>
    /// <param name="complete">True where nothing of it was left out by its sender: it was fetched.</param>
    /// <exception cref="StoreUnavailableException">The store can't write.</exception>
    public async Task<IntakeResult> TakeAsync(string source, ReadOnlyMemory<byte> body, string? pages, CancellationToken cancel, bool complete = false)
    {
        EnsureWrites();
        cancel.ThrowIfCancellationRequested();
        var now = _node.Services.Time.GetUtcNow();
        var read = _normalizer.Normalize(source, body, now);
        var (observation, counted) = Count(read.Alerts, now);

        // What a count has told is told once: from here on it is carried to the disk, whether or not the sender still waits.
        var work = Task.Run(() => KeepAsync(read, observation, counted, new Sender(pages, complete), now), CancellationToken.None);
        while (!work.IsCompleted)
        {
            await ((Task)work).WaitAsync(Look, _node.Services.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
            if (!work.IsCompleted)
            {
                EnsureWrites();
            }
        }

        return await work;
    }

    private async Task<IntakeResult> KeepAsync(NormalizeResult read, long observation, CountResult counted, Sender sender, DateTimeOffset now)
    {
        var matches = Match(read.Alerts.Concat(counted.Alerts), now);
        await KeepIdsAsync(matches);
        foreach (var plan in matches.SelectMany(match => match.Plans).Distinct())
        {
            await _node.Plans.KeepAsync(plan, CancellationToken.None);
        }

        // Handed in one after another without waiting, so that they are committed together and in their order.
        var receipts = await Task.WhenAll(matches.Select(match => match.IsKept ? KeepAsync(match, sender) : Task.FromResult(NotKept(match, counted))).ToList());
        await _windows.SaveAsync(observation, counted.Changed);
        return new IntakeResult(InOrder(receipts, read));
    }

    private (long Observation, CountResult Result) Count(IReadOnlyList<Alert> alerts, DateTimeOffset now)
    {
        lock (_counting)
        {
            return (++_observations, _counter.Observe(alerts, now));
        }
    }

    private List<Matched> Match(IEnumerable<Alert> alerts, DateTimeOffset now)
    {
        var (playbooks, suppressions) = (_catalog.Current, _suppressions?.Current.Rules ?? []);
        return [.. alerts.Select(alert =>
        {
            var (counted, ours) = (alert.Id, alert with { Id = _node.Ids.New() });
            var json = ours.ToJson();
            var result = Suppressor.Apply(playbooks.Matcher.Match(ours, json, now), json, suppressions, now);
            return new Matched(playbooks, counted, ours, json, result, [.. result.Starts.Select(start => playbooks.PlanOf(start.Playbook.Id)!)]);
        })];
    }

    // Before the first alert that refers to it.
    private async Task KeepIdsAsync(List<Matched> matches)
    {
        if (matches is [{ Set: var set }, ..] && !ReferenceEquals(set, _idsKept))
        {
            await _node.Store.Definitions.PutAsync(set.IdsHash, "playbooks", set.Ids, CancellationToken.None);
            _idsKept = set;
        }
    }

    private async Task<AlertReceipt> KeepAsync(Matched match, Sender sender)
    {
        var alert = match.Alert;
        var row = new AlertRow(
            alert.Id, alert.Source, alert.DeliveryKey, alert.ReceivedAt, match.Status, alert.Title ?? "alert",
            alert.SeverityScore, alert.Device.Hostname, alert.User.Email ?? alert.User.Name, match.Json, alert.Raw.GetRawText(), match.Result.Explanation.ToKept(match.Set.IdsHash));
        try
        {
            var (ofRuns, ofAttached) = (_errands?.OfRuns(alert, sender.Pages), _errands?.OfAttached(alert, sender.Pages) ?? []);
            var admitted = await _node.Starter.StartAsync(
                row, [.. match.Result.Starts.Zip(match.Plans, (start, plan) => new StartRequest(plan, start, match.Json, "alert", PageAddress: sender.Pages) { Errands = ofRuns, ErrandsIfAttached = ofAttached })],
                drive: true, CancellationToken.None, sender.Complete ? null : _errands?.Of(alert));
            return new AlertReceipt(
                admitted.AlertId, Status(row.Status, admitted), [.. admitted.Runs.Select(run => new RunReceipt(run.RunId, run.Playbook, run.Status, run.Holder))], match.Problems);
        }
        catch (StoreRefusedException refused)
        {
            Refused(_log, alert.Source, refused.Message);
            return new AlertReceipt(null, "invalid", [], [new AlertProblem(null, refused.Message)]);
        }
    }

    private static string Status(string status, AdmissionResult admitted) =>
        admitted.Duplicate ? "duplicate" : admitted.Runs.Count > 0 && admitted.Runs.All(run => run.Status == "attached") ? "grouped" : status;

    // An installation's every event would soon be more than all else that is kept here.
    private static AlertReceipt NotKept(Matched match, CountResult counted) => counted.Counted.Contains(match.ReadId)
        ? new AlertReceipt(null, "grouped", [], [])
        : new AlertReceipt(null, "unmatched", [], [.. match.Problems, new AlertProblem(null, "It is an event and no alert: no rule judged it bad, no count and no playbook takes it. It is not kept.")]);

    // The normaliser numbers what it took and what it refused in one row.
    private static List<AlertReceipt> InOrder(AlertReceipt[] receipts, NormalizeResult read)
    {
        var refused = read.Refused.ToDictionary(one => one.Index, one => one.Reason);
        var results = new List<AlertReceipt>(receipts.Length + refused.Count);
        var next = 0;
        for (var index = 0; next < read.Alerts.Count || refused.Count > 0; index++)
        {
            if (refused.Remove(index, out var reason))
            {
                results.Add(new AlertReceipt(null, "invalid", [], [new AlertProblem(null, reason)]));
            }
            else if (next < read.Alerts.Count)
            {
                results.Add(receipts[next++]);
            }
        }

        results.AddRange(receipts[next..]);
        return results;
    }

    // The writer holds on to what it was given until the disk takes it; a sender is not kept waiting for that.
    private void EnsureWrites()
    {
        if (_node.Store.Health is { CanWrite: false } health)
        {
            throw new StoreUnavailableException(health.Reason);
        }
    }

    [LoggerMessage(1511, LogLevel.Error, "An alert of source {Source} can't be kept: {Reason}")]
    private static partial void Refused(ILogger log, string source, string reason);

    private sealed record Sender(string? Pages, bool Complete);

    private sealed record Matched(PlaybookSet Set, string ReadId, Alert Alert, System.Text.Json.JsonElement Json, MatchResult Result, IReadOnlyList<Playbooks.Plan> Plans)
    {
        public bool IsKept => !Alert.IsEvent || Result.Starts.Count > 0 || Result.Explanation.Suppressed.Count > 0;

        public string Status => Result.Starts.Count > 0 ? "accepted" : Result.Explanation.Suppressed.Count > 0 ? "suppressed" : "unmatched";

        public IReadOnlyList<AlertProblem> Problems =>
            [.. Result.Explanation.Failed.Concat(Result.Explanation.Refused).Select(problem => new AlertProblem(problem.Playbook, problem.Reason))];
    }
}
