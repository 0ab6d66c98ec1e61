using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Engine.Runs;
using Responder.Engine.Steps;
using Responder.Playbooks;

namespace Responder.Engine.Host;

/// <summary>Makes the first event of a run, and admits it.</summary>
/// <param name="services">What run loops share.</param>
/// <param name="plans">Definitions.</param>
/// <param name="host">Where runs are driven.</param>
/// <param name="ids">Makes ids.</param>
public sealed class RunStarter(RunServices services, PlanCache plans, IRunHost host, IIds ids)
{
    /// <summary>Admits runs, with the alert they are for, in one transaction, and wakes those that were started.</summary>
    /// <param name="alert">The alert's row; null without one.</param>
    /// <param name="requests">The runs.</param>
    /// <param name="drive">False where the caller wakes them.</param>
    /// <param name="cancel">Ends waiting before the admission; never after.</param>
    /// <param name="errands">What is to be done outside because the alert is accepted.</param>
    public async Task<AdmissionResult> StartAsync(AlertRow? alert, IReadOnlyList<StartRequest> requests, bool drive, CancellationToken cancel, IReadOnlyList<NewErrand>? errands = null)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var now = services.Time.GetUtcNow();
        var runs = new List<NewRun>();
        foreach (var request in requests)
        {
            await plans.KeepAsync(request.Plan, cancel);
            runs.Add(Make(alert, request, now));
        }

        var result = await services.Journal.AdmitAsync(new Admission(alert, runs) { Errands = errands ?? [] });
        if (drive && !result.Duplicate)
        {
            foreach (var (run, admitted) in runs.Zip(result.Runs).Where(pair => pair.Second.Status == "started"))
            {
                _ = host.BeginAsync(new StoredRun(
                    run.RunId, admitted.Epoch, run.Created.Seq, new RunRow(RunStatus.Running, null, null, null, null, null, Owned: true), [run.Created]));
            }
        }

        return result;
    }

    private NewRun Make(AlertRow? alert, StartRequest request, DateTimeOffset now)
    {
        var start = request.Start;
        var playbook = start.Playbook;
        var runId = ids.New();
        var scope = new StartScope(request.Alert ?? Values.Null, now) { Inputs = start.Inputs };
        var created = new RunCreated(
            playbook.Id, playbook.Name, request.Plan.Hash, alert?.Id ?? request.AlertId, request.Alert, start.Inputs,
            Values.Of(playbook.Vars.ToDictionary(one => one.Key, one => one.Value.Resolve(scope))),
            request.StartedBy, request.Auto, services.Connections.Mode, start.ConcurrencyKey, playbook.Timeout is { } limit ? now + limit : null,
            request.PageAddress is { } page ? $"{page.TrimEnd('/')}/runs/{runId}" : null, request.UndoOf, request.LeaseOf);
        var first = JournalCodec.Write(new JournalEntry(1, now, created));
        return new NewRun
        {
            RunId = runId,
            Playbook = playbook.Id,
            DefinitionHash = request.Plan.Hash,
            AlertId = created.AlertId,
            Title = Title(playbook.Name, request.Alert),
            StartedBy = request.StartedBy,
            CreatedAt = now,
            Priority = Targets.Severity(request.Alert) ?? 0,
            Created = first,
            DedupeKey = request.Dedupe ? start.DedupeKey : null,
            DedupeWindow = start.DedupeWindow,
            AlertKey = request.Dedupe ? AlertKey(request.Alert, start) : null,
            Errands = request.Errands?.Invoke(runId) ?? [],
            ErrandsIfAttached = request.ErrandsIfAttached,
            ConcurrencyKey = start.ConcurrencyKey,
            OnBusy = start.OnBusy,
            Owner = services.Owner,
            FailedAtOnce = start.OnBusy == Playbooks.Language.ConcurrencyPolicy.Fail
                ? JournalCodec.Write(new JournalEntry(2, now, new RunEnded(
                    RunStatus.Failed, "failed", $"Another run holds '{start.ConcurrencyKey}', and the playbook's concurrency policy is fail.", null)))
                : null,
        };
    }

    // The vendor's alert and what the run is about: an alert that grows by another host may start another run, its every change may not.
    private static string? AlertKey(JsonElement? alert, PlannedStart start) =>
        alert is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty("source", out var source) && one.TryGetProperty("source_id", out var id) && id.ValueKind == JsonValueKind.String
            ? $"alert|{source.GetString()}|{id.GetString()}|{start.DedupeKey ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(start.Inputs.GetRawText())))}"
            : null;

    private static string Title(string name, JsonElement? alert)
    {
        var host = Text(alert, "device", "hostname");
        var user = Text(alert, "user", "email") ?? Text(alert, "user", "name");
        return string.Join(" · ", new[] { name, host, user }.Where(part => part is not null));
    }

    private static string? Text(JsonElement? alert, string part, string field) =>
        alert is { ValueKind: JsonValueKind.Object } one && one.TryGetProperty(part, out var inner) && inner.ValueKind == JsonValueKind.Object
        && inner.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A run to start.</summary>
/// <param name="Plan">Its definition.</param>
/// <param name="Start">Inputs and keys, resolved.</param>
/// <param name="Alert">The alert's normal form; null without one.</param>
/// <param name="StartedBy"><c>alert</c>, <c>schedule</c>, <c>user:…</c>, <c>key:…</c>, <c>terminal:…</c>.</param>
/// <param name="Auto">Who answers its gates.</param>
/// <param name="Dedupe">False for a start by hand.</param>
/// <param name="PageAddress">Where the pages are served.</param>
/// <param name="AlertId">An alert that is stored already.</param>
/// <param name="UndoOf">The run whose effects it takes back.</param>
public sealed record StartRequest(
    Plan Plan, PlannedStart Start, JsonElement? Alert, string StartedBy, AutoAnswer Auto = AutoAnswer.Ask, bool Dedupe = true,
    string? PageAddress = null, string? AlertId = null, string? UndoOf = null)
{
    /// <summary>The run whose lease ends.</summary>
    public string? LeaseOf { get; init; }

    /// <summary>What is to be done outside because the run starts or ends, by the run's id; null for nothing.</summary>
    public Func<string, IReadOnlyList<NewErrand>>? Errands { get; init; }

    /// <summary>What is to be done outside where the alert is attached to a run that is there.</summary>
    public IReadOnlyList<NewErrand> ErrandsIfAttached { get; init; } = [];
}
