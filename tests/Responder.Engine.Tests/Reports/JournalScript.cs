using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Engine.Tests.Reports;

/// <summary>Writes a journal by hand, event by event, with a clock that the test moves.</summary>
internal sealed class JournalScript(string start)
{
    private readonly List<JournalEntry> _entries = [];
    private readonly Dictionary<string, (string? Action, Effect? Effect)> _steps = [];
    private int _gates;

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.Parse(start, null);

    public IReadOnlyList<JournalEntry> Entries => _entries;

    public static JsonElement Json(object? value) => JsonSerializer.SerializeToElement(value, Sdk.Json.Options);

    public JournalScript After(double seconds)
    {
        Now = Now.AddSeconds(seconds);
        return this;
    }

    public JournalScript Say(RunEvent entry)
    {
        _entries.Add(new JournalEntry(_entries.Count + 1, Now, entry));
        return this;
    }

    public JournalScript Created(
        string playbook, string name, object? alert, string connectors = "configured", object? inputs = null, string startedBy = "alert", AutoAnswer auto = AutoAnswer.Ask) =>
        Say(new RunCreated(
            playbook, name, "sha256:5b1d", null, alert is null ? null : alert as JsonElement? ?? Json(alert), Json(inputs ?? new { }), Json(new { }), startedBy, auto, connectors, null, null,
            "https://responder.company.com/runs/r1")).Say(new RunStarted());

    public JournalScript Start(string path, string action, Effect effect, object inputs, string? name = null)
    {
        _steps[path] = (action, effect);
        return Say(new StepStarted(path, path, path, name, "uses", action, effect, Json(inputs)));
    }

    public JournalScript Intent(string path, params TargetFacts[] targets) =>
        Say(new IntentRecorded(path, 1, "k", "falcon", "crowdstrike", targets, new Before(true, "normal"), Recover.Repeat, 60, PolicyAnswer.Allowed));

    public JournalScript End(string path, object? outputs, OutcomeKind outcome = OutcomeKind.Done, string? note = null) =>
        Say(new StepEnded(path, StepStatus.Succeeded, outcome, Json(outputs), null, 1, note));

    public JournalScript Fail(string path, FailureKind kind, string message, StepStatus status = StepStatus.Failed, int attempt = 1) =>
        Say(new StepEnded(path, status, null, null, new StepError(kind, message), attempt));

    /// <summary>A whole step: begun, called, ended.</summary>
    public JournalScript Act(string path, string action, Effect effect, object inputs, object? outputs, double seconds = 1, string? name = null, OutcomeKind outcome = OutcomeKind.Done, params TargetFacts[] targets)
    {
        Start(path, action, effect, inputs, name);
        _ = effect == Effect.Read ? Say(new ReadStarted(path, 1, "falcon", "crowdstrike")) : Intent(path, targets);
        return After(seconds).End(path, outputs, outcome);
    }

    public JournalScript Read(string path, string action, object inputs, object? outputs, double seconds = 1, string? name = null) =>
        Act(path, action, Effect.Read, inputs, outputs, seconds, name);

    public JournalScript Ask(string path, string title, string[]? choices = null, string[]? roles = null, bool byPolicy = false, double minutes = 15)
    {
        var known = _steps.GetValueOrDefault(path);
        if (known.Action is null)
        {
            Say(new StepStarted(path, path, path, null, "approval"));
        }

        return Say(new GateAsked(path, new GateRequest
        {
            Id = $"gate-{++_gates}",
            Title = title,
            Action = known.Action,
            Effect = known.Effect,
            Roles = roles ?? ["analyst"],
            Choices = choices ?? ["approve", "reject"],
            Deadline = Now.AddMinutes(minutes),
            OnTimeout = "reject",
            AskedByPolicy = byPolicy,
            Hash = "sha256:00",
        }));
    }

    public JournalScript Answer(string path, string by, string choice, string? comment = null, string via = "web") =>
        Say(new GateAnswered(path, $"gate-{_gates}", by, choice, null, comment, via)).Say(new GateClosed(path, $"gate-{_gates}", choice, "answered"));

    public JournalScript Finish(RunStatus status, string? outcome, string? reason = null, string? step = null, StepError? error = null) =>
        Say(new MainEnded(status, outcome, reason, step, error)).Say(new RunEnded(status, outcome, reason, null));
}
