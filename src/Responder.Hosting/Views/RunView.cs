using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Engine.Reports;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Hosting.Views;

/// <summary>A run as <c>run --output json</c>, <c>runs show</c> and the API give it.</summary>
public sealed record RunView(
    string RunId, string Playbook, string DefinitionHash, RunStatus Status, string? Outcome, string? Reason, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    IReadOnlyList<StepView> Steps, IReadOnlyList<string> Warnings, IReadOnlyList<ApprovalView> Approvals, IReadOnlyDictionary<string, int>? MockEffects, JsonElement? Outputs,
    ReportView Report)
{
    /// <summary>From a stored run.</summary>
    /// <param name="stored">The run with its whole journal.</param>
    /// <param name="asOf">The time.</param>
    /// <param name="effects">What the mocks counted; null where none are used.</param>
    public static RunView Of(StoredRun stored, DateTimeOffset asOf, IReadOnlyDictionary<string, EffectCount>? effects)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var journal = stored.Events.Select(JournalCodec.Read).ToList();
        var state = Fold.All(journal);
        var created = state.Created!;
        return new RunView(
            stored.RunId, created.Playbook, created.DefinitionHash, stored.Row.Status, state.Ended?.Outcome, stored.Row.Reason, state.StartedAt, state.EndedAt,
            [.. Order(journal).Select(path => StepView.Of(state.Steps[path]))],
            [.. state.Warnings.Select(warning => warning.Message)],
            [.. journal.Select(entry => entry.Event).OfType<GateAnswered>().Select(answer => ApprovalView.Of(answer, journal, state))],
            effects?.Where(one => one.Value.Count > 0).ToDictionary(one => one.Key, one => one.Value.Count),
            state.Ended?.Outputs,
            new ReportView(ReportMarkdown.Write(IncidentReport.From(journal, asOf))));
    }

    private static IEnumerable<string> Order(IEnumerable<JournalEntry> journal) => journal.Select(entry => entry.Event switch
    {
        StepStarted started => started.Path,
        StepSkipped skipped => skipped.Path,
        _ => null,
    }).OfType<string>();
}

/// <summary>A step instance.</summary>
public sealed record StepView(
    string? Id, string Path, string Kind, string? Name, string? Action, string? Connector, StepStatus Status, OutcomeKind? Outcome, int Attempts,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, JsonElement? Inputs, JsonElement? Outputs, StepError? Error, string? Note, PolicyAnswer? Policy, OpenCircuit? Circuit = null)
{
    /// <summary>From its state.</summary>
    /// <param name="step">The state.</param>
    public static StepView Of(StepState step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new StepView(
            step.Id, step.Path, step.Kind, step.Name, step.Action, step.Connector, step.Status, step.Outcome, step.Counted, step.StartedAt, step.EndedAt,
            step.Inputs, step.Outputs, step.Error, step.Note, step.Policy, step.Circuit);
    }
}

/// <summary>An answer at a gate.</summary>
public sealed record ApprovalView(string Step, string Choice, JsonElement? Fields, string By, string? Comment, DateTimeOffset At, string Via)
{
    internal static ApprovalView Of(GateAnswered answer, IReadOnlyList<JournalEntry> journal, RunState state) => new(
        state.Steps[answer.Path].Id ?? answer.Path, answer.Choice, answer.Fields, answer.By, answer.Comment, journal.First(entry => ReferenceEquals(entry.Event, answer)).At, answer.Via);
}

/// <summary>The incident report.</summary>
public sealed record ReportView(string Markdown);
