using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Engine.Reports.Trace;

/// <summary>One step of a run as its events tell it.</summary>
internal sealed class StepTrace(string path, string? id, string? name, string kind, string? action, Effect? effect)
{
    public string Path { get; } = path;

    public string Label { get; } = name ?? id ?? path;

    public string Kind { get; } = kind;

    public string? Action { get; } = action;

    public Effect? Effect { get; } = effect;

    public DateTimeOffset? StartedAt { get; init; }

    public JsonElement? Inputs { get; init; }

    public DateTimeOffset? Due { get; init; }

    public string? AwaitsEvent { get; init; }

    public List<GateTrace> Gates { get; } = [];

    public IntentRecorded? Intent { get; set; }

    public DateTimeOffset? FirstIntentAt { get; set; }

    public string? Connector { get; set; }

    public List<(DateTimeOffset At, AttemptFailed Failure)> Failures { get; } = [];

    /// <summary>Its waits for a connection whose product did not answer.</summary>
    public List<(DateTimeOffset At, CircuitAwaited Wait)> Silences { get; } = [];

    public List<(DateTimeOffset At, RecoveryBegun Recovery)> Recoveries { get; } = [];

    public List<(DateTimeOffset At, ProbeAnswered Answer)> Probes { get; } = [];

    public string? Doubt { get; set; }

    public string? Held { get; set; }

    public string? Busy { get; set; }

    public StepSettled? Settled { get; set; }

    public DateTimeOffset? AnswerDue { get; set; }

    /// <summary>When the reply to its question was taken, or the event that it waited for.</summary>
    public DateTimeOffset? RepliedAt { get; set; }

    public StepEnded? End { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool Skipped { get; init; }

    /// <summary>When an order that the product held back was seen in force.</summary>
    public DateTimeOffset? TookHoldAt { get; set; }

    public OutcomeKind? Outcome => TookHoldAt is null ? End?.Outcome : OutcomeKind.Done;

    /// <summary>When its effect was there.</summary>
    public DateTimeOffset? DoneAt => TookHoldAt ?? EndedAt;

    /// <summary>True for an action that changes something outside, or tells somebody something.</summary>
    public bool Acts => Effect is not (null or Sdk.Effect.Read);

    public bool Contains => Effect is Sdk.Effect.Contain or Sdk.Effect.Destroy;

    public bool Succeeded => End?.Status == StepStatus.Succeeded;

    public bool Open => End is null && !Skipped;

    public Fields In => new(Inputs);

    public Fields Out => new(End?.Outputs);

    public DateTimeOffset? At => EndedAt ?? FirstIntentAt ?? StartedAt;

    /// <summary>It waits for its connection: the attempt that met the open breaker is no attempt of the step.</summary>
    public void Waited(CircuitAwaited wait, DateTimeOffset at)
    {
        Silences.Add((at, wait));
        if (Failures is [.., { Failure.Error.Circuit: not null }])
        {
            Failures.RemoveAt(Failures.Count - 1);
        }
    }

    public bool Is(params ReadOnlySpan<string> actions)
    {
        foreach (var action in actions)
        {
            if (Action == action)
            {
                return true;
            }
        }

        return false;
    }
}
