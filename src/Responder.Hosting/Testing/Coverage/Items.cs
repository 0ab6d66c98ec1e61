using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Hosting.Testing.Coverage;

/// <summary>All that can be run of a playbook: steps, branches, decisions at gates, error paths. How a step is undone is no part of a run.</summary>
internal static class Items
{
    /// <summary>The way of a skipped step.</summary>
    public const string Skipped = "skipped";

    /// <summary>The way of a gate whose deadline passes.</summary>
    public const string Deadline = "deadline";

    /// <summary>The way of a step whose <c>on_timeout</c> is taken.</summary>
    public const string TimedOut = "on_timeout";

    /// <summary>The way of a step that failed and is gone on from.</summary>
    public const string GoesOn = "continue";

    private static readonly string[] TwoChoices = ["approve", "reject"];

    public static IEnumerable<CoverageItem> Of(Playbook playbook) =>
        playbook.AllSteps().Where(step => !step.Place.Contains(".undo[", StringComparison.Ordinal)).SelectMany(step => Of(playbook, step));

    /// <summary>Which <c>on_error</c> a failure takes, as a way; null where it takes none.</summary>
    public static string? ErrorWay(Step step, Sdk.FailureKind kind) => step.OnError.For(kind) switch
    {
        { Steps: not null, Place: { } place } => place,
        { Continue: true } => step.OnError.ByKind.ContainsKey(kind) ? $"{GoesOn} after {Json.Word(kind)}" : GoesOn,
        _ => null,
    };

    private static IEnumerable<CoverageItem> Of(Playbook playbook, Step step)
    {
        yield return Item(CoverageKind.Step, string.Empty, "never begins");
        if (step.When is not null)
        {
            yield return Item(CoverageKind.Branch, Skipped, "is never skipped");
        }

        var ways = step switch
        {
            IfStep => ["then", "else"],
            SwitchStep choice => choice.Cases.Select(one => one.Key).Append("default"),
            TryStep => ["catch"],
            _ => Enumerable.Empty<string>(),
        };
        foreach (var way in ways)
        {
            yield return Item(step is TryStep ? CoverageKind.Error : CoverageKind.Branch, way, $"never goes to '{way}'");
        }

        foreach (var choice in Gate(step) is { } gate ? (gate.Choices.Count > 0 ? gate.Choices : TwoChoices).Append(Deadline) : [])
        {
            yield return Item(CoverageKind.Gate, choice, choice == Deadline ? "its gate's deadline never passes" : $"its gate never decides '{choice}'");
        }

        var actions = step.OnError.ByKind.Select(one => ErrorWay(step, one.Key)).Append(
            step.OnError.Default switch { { Steps: not null, Place: { } place } => place, { Continue: true } => GoesOn, _ => null });
        foreach (var way in actions.OfType<string>().Distinct())
        {
            yield return Item(CoverageKind.Error, way, $"never fails into '{way}'");
        }

        if (step.OnTimeout is not null)
        {
            yield return Item(CoverageKind.Error, TimedOut, "its time never runs out");
        }

        CoverageItem Item(CoverageKind kind, string detail, string what) =>
            new(new CoverageKey(playbook.Id, step.Place, detail), kind, playbook.File, step.At.Line, $"{Label(step)} {what}");
    }

    private static Approval? Gate(Step step) => step switch { ActionStep action => action.Approval, ApprovalStep approval => approval.Approval, _ => null };

    private static string Label(Step step) => step.Id ?? (step.Name is { } name ? $"'{name}'" : $"{step.Kind} at {step.Place}");
}
