using System.Text.Json;
using Responder.Sdk;

namespace Responder.Engine.Policy;

/// <summary>Says whether an effect on its resolved targets may happen. Read again for every intent.</summary>
public interface IPolicy
{
    /// <summary>Which edition is in force: its author's word for it and the hash of its text. Every answer carries it.</summary>
    string Version { get; }

    /// <summary>How long a gate waits where neither playbook nor rule says.</summary>
    TimeSpan DefaultGateTime { get; }

    /// <summary>The answer.</summary>
    /// <param name="request">What is about to be done.</param>
    PolicyAnswer Evaluate(PolicyRequest request);
}

/// <summary>What is about to be done.</summary>
/// <param name="Playbook">By which playbook.</param>
/// <param name="Action">The action.</param>
/// <param name="Effect">Its effect.</param>
/// <param name="Connection">On which connection.</param>
/// <param name="Inputs">Its resolved inputs.</param>
/// <param name="Targets">What it acts on.</param>
/// <param name="Severity">The alert's, 0 to 100; null where it is not known.</param>
/// <param name="At">When.</param>
public sealed record PolicyRequest(
    string Playbook, string Action, Effect Effect, string Connection, JsonElement Inputs, IReadOnlyList<TargetFacts> Targets, int? Severity, DateTimeOffset At);
