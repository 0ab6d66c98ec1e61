using System.Text.Json;
using Responder.Engine.Policy;
using Responder.Sdk;

namespace Responder.Engine.Planning;

/// <summary>A step that would run, or might.</summary>
/// <param name="Path">Its place in the run that would be.</param>
/// <param name="Depth">How deep it stands, for people.</param>
/// <param name="Id">The author's name for it.</param>
/// <param name="Name">The author's title for it.</param>
/// <param name="Kind">The key that makes its kind.</param>
/// <param name="Certainty"><c>yes</c>; <c>no</c>: its condition is false; <c>maybe</c>: it hangs on something not known yet.</param>
/// <param name="Action">For an action: its name.</param>
/// <param name="Effect">For an action: its effect.</param>
/// <param name="Connection">For an action: the connection that would serve it.</param>
/// <param name="Inputs">The resolved inputs; what is not known yet is shown as <c>‹steps.ticket.key›</c>.</param>
/// <param name="Gate">Who would be asked first; null where nobody.</param>
/// <param name="Policy">What policy says.</param>
/// <param name="BlastRadius">What it would touch.</param>
/// <param name="Note">For people: the condition, the list, why something can't be said.</param>
/// <param name="Outputs">What a read returned.</param>
public sealed record PlannedStep(
    string Path, int Depth, string? Id, string? Name, string Kind, string Certainty, string? Action = null, Effect? Effect = null, string? Connection = null,
    JsonElement? Inputs = null, PlannedGate? Gate = null, PolicyAnswer? Policy = null, IReadOnlyList<string>? BlastRadius = null, string? Note = null, JsonElement? Outputs = null);

/// <summary>A gate that would be asked.</summary>
/// <param name="Title">What is asked.</param>
/// <param name="Roles">Who may answer.</param>
/// <param name="Count">How many must.</param>
/// <param name="Choices">What may be answered.</param>
/// <param name="TimeoutSeconds">How long it waits.</param>
/// <param name="OnTimeout">What its deadline decides.</param>
/// <param name="ByPolicy">True where policy asks.</param>
public sealed record PlannedGate(string Title, IReadOnlyList<string> Roles, int Count, IReadOnlyList<string> Choices, double? TimeoutSeconds, string OnTimeout, bool ByPolicy);

/// <summary>What a run would do.</summary>
/// <param name="Playbook">The playbook.</param>
/// <param name="DefinitionHash">Its content hash.</param>
/// <param name="Inputs">Its resolved inputs.</param>
/// <param name="Steps">In the order in which they would run; both ways where an <c>if</c> hangs on something not known.</param>
public sealed record RunPlan(string Playbook, string DefinitionHash, JsonElement Inputs, IReadOnlyList<PlannedStep> Steps);
