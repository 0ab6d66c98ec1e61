using Responder.Playbooks.Expressions;
using Responder.Sdk;

namespace Responder.Playbooks.Language;

/// <summary>How often an action is tried.</summary>
/// <param name="Attempts">At most so often.</param>
/// <param name="Constant">The same wait each time; else doubled.</param>
/// <param name="Initial">The first wait.</param>
/// <param name="Max">The longest wait.</param>
/// <param name="Jitter">Spread the waits.</param>
/// <param name="On">Which failures; the defaults where null.</param>
/// <param name="Until">Over <c>result</c>: repeat an action without effect while it is false.</param>
public sealed record RetryPolicy(int Attempts, bool Constant, TimeSpan Initial, TimeSpan Max, bool Jitter, IReadOnlyList<FailureKind>? On, Expression? Until)
{
    /// <summary>Four attempts, from one second, doubled, at most a minute, spread.</summary>
    public static RetryPolicy Default { get; } = new(4, false, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), true, null, null);
}

/// <summary>What a failure of a step does.</summary>
/// <param name="Default">For kinds that the map does not name.</param>
/// <param name="ByKind">By kind of failure.</param>
public sealed record OnError(ErrorAction Default, IReadOnlyDictionary<FailureKind, ErrorAction> ByKind)
{
    /// <summary>The step fails, and with it the list it is in.</summary>
    public static OnError Fail { get; } = new(ErrorAction.Fail, new Dictionary<FailureKind, ErrorAction>());

    /// <summary>What this kind of failure does.</summary>
    /// <param name="kind">The kind.</param>
    public ErrorAction For(FailureKind kind) => ByKind.GetValueOrDefault(kind, Default);

    /// <summary>The lists of steps in it, named as in places: <c>on_error</c>, <c>on_error.not_found</c>.</summary>
    public IEnumerable<(string Name, IReadOnlyList<Step> Steps)> AllLists()
    {
        if (Default.Steps is { } steps)
        {
            yield return ("on_error", steps);
        }

        foreach (var (_, action) in ByKind)
        {
            if (action.Steps is { } inner)
            {
                yield return (action.Place!, inner);
            }
        }
    }
}

/// <summary>Fail, go on, or run other steps in its place.</summary>
/// <param name="Continue">The run goes on and keeps a warning.</param>
/// <param name="Steps">Run in its place.</param>
/// <param name="Place">Their name in a place: <c>on_error</c>, <c>on_error.not_found</c>.</param>
public sealed record ErrorAction(bool Continue, IReadOnlyList<Step>? Steps, string? Place)
{
    /// <summary>The step fails.</summary>
    public static ErrorAction Fail { get; } = new(false, null, null);

    /// <summary>The run goes on.</summary>
    public static ErrorAction GoOn { get; } = new(true, null, null);
}

/// <summary>What an approval asks of whom.</summary>
public sealed record Approval
{
    /// <summary>What is asked.</summary>
    public ValueNode? Title { get; init; }

    /// <summary>Ask only where true; policy may ask anyway.</summary>
    public Expression? When { get; init; }

    /// <summary>Who may answer; empty: policy's default.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>How many must approve.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What may be answered; <c>approve</c>, <c>reject</c> where empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>A form.</summary>
    public IReadOnlyList<InputDefinition> Fields { get; init; } = [];

    /// <summary>What to show besides.</summary>
    public IReadOnlyList<Expression> Evidence { get; init; } = [];

    /// <summary>How long to wait; policy's default where null.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>One of the choices, or <c>escalate</c>; <c>reject</c> where null.</summary>
    public string? OnTimeout { get; init; }

    /// <summary>Roles asked next, with <c>on_timeout: escalate</c>.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>True: a rejected step is skipped and the run goes on; else the run ends <c>rejected</c>.</summary>
    public bool SkipOnReject { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourcePosition At { get; init; }
}
