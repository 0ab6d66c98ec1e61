using Responder.Playbooks.Expressions;

namespace Responder.Playbooks.Language;

/// <summary>A node of a playbook; one record a kind.</summary>
public abstract record Step
{
    /// <summary>The author's name for it, by which later steps read it.</summary>
    public string? Id { get; init; }

    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>Its place in the file: <c>steps[2].parallel.siem[0]</c>.</summary>
    public required string Place { get; init; }

    /// <summary>Where it is written.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>Skipped where false.</summary>
    public Expression? When { get; init; }

    /// <summary>For all attempts, not for the wait at the gate.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How often it is tried; the defaults where null.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>What a failure does.</summary>
    public OnError OnError { get; init; } = OnError.Fail;

    /// <summary>The value to take as the result when time runs out; null where it fails then.</summary>
    public ValueNode? OnTimeout { get; init; }

    /// <summary>The key that makes its kind: <c>uses</c>, <c>if</c>, …</summary>
    public abstract string Kind { get; }

    /// <summary>The lists of steps inside it, each with its name in a place: <c>then</c>, <c>parallel.siem</c>, <c>on_error</c>.</summary>
    public virtual IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() => OnError.AllLists();

    /// <summary>It and every step inside it, in the order written.</summary>
    public IEnumerable<Step> WithInner() => Lists().SelectMany(list => list.Steps).SelectMany(step => step.WithInner()).Prepend(this);

    /// <summary>What people see: its name, id, or place.</summary>
    public string Label => Name ?? Id ?? Place;
}

/// <summary>One connector action.</summary>
public sealed record ActionStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "uses";

    /// <summary><c>capability.action</c> or <c>connector.action</c>.</summary>
    public required string Uses { get; init; }

    /// <summary>Which configured connection, where the author says.</summary>
    public string? Connection { get; init; }

    /// <summary>The inputs, not resolved.</summary>
    public required IReadOnlyDictionary<string, ValueNode> With { get; init; }

    /// <summary>The gate in front of it.</summary>
    public Approval? Approval { get; init; }

    /// <summary>How it is undone: null for the action's own inverse, an empty list for <c>none</c>, else steps.</summary>
    public IReadOnlyList<Step>? Undo { get; init; }

    /// <summary>How long a containment lasts before it is asked to extend or release.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>For an action whose effect nobody can know (<c>http.request</c>, vendors' scripts): what the author says it is.</summary>
    public Sdk.Effect? Effect { get; init; }

    /// <summary>With <see cref="Effect"/>: how an attempt whose end is unknown is taken up.</summary>
    public Sdk.Recover? Recovery { get; init; }

    /// <summary>With <see cref="Effect"/>: a request that tells whether it happened.</summary>
    public DeclaredProbe? Probe { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() =>
        Undo is { Count: > 0 } ? base.Lists().Append(("undo", Undo)) : base.Lists();
}

/// <summary>A request and an expression over its <c>response</c>: whether an <c>http.request</c> with an effect happened.</summary>
/// <param name="With">The request's inputs.</param>
/// <param name="Happened">True where it did.</param>
public sealed record DeclaredProbe(IReadOnlyDictionary<string, ValueNode> With, Expression Happened);

/// <summary>Asks people and waits.</summary>
public sealed record ApprovalStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "approval";

    /// <summary>What is asked of whom.</summary>
    public required Approval Approval { get; init; }
}

/// <summary><c>if</c>, <c>then</c>, <c>else</c>.</summary>
public sealed record IfStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "if";

    /// <summary>The condition.</summary>
    public required Expression If { get; init; }

    /// <summary>Where true.</summary>
    public required IReadOnlyList<Step> Then { get; init; }

    /// <summary>Where false.</summary>
    public IReadOnlyList<Step> Else { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() => [("then", Then), ("else", Else), .. base.Lists()];
}

/// <summary><c>switch</c>, <c>cases</c>, <c>default</c>.</summary>
public sealed record SwitchStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "switch";

    /// <summary>Its value, as text, picks the case.</summary>
    public required Expression Switch { get; init; }

    /// <summary>The cases, in the order written.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<Step>>> Cases { get; init; }

    /// <summary>Where no case fits.</summary>
    public IReadOnlyList<Step> Default { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() =>
        [.. Cases.Select(one => ("cases." + one.Key, one.Value)), ("default", Default), .. base.Lists()];
}

/// <summary>Named branches, at the same time.</summary>
public sealed record ParallelStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "parallel";

    /// <summary>The branches, in the order written.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<Step>>> Branches { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() =>
        [.. Branches.Select(one => ("parallel." + one.Key, one.Value)), .. base.Lists()];
}

/// <summary>Once for each item of a list.</summary>
public sealed record ForeachStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "foreach";

    /// <summary>The list.</summary>
    public required ValueNode Foreach { get; init; }

    /// <summary>The item's name.</summary>
    public required string As { get; init; }

    /// <summary>How many passes at once.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>One pass.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() => [("steps", Steps), .. base.Lists()];
}

/// <summary>While a condition is true, at most so often.</summary>
public sealed record WhileStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "while";

    /// <summary>Tested before each pass; sees the pass before.</summary>
    public required Expression While { get; init; }

    /// <summary>Reaching it fails the step.</summary>
    public required int Max { get; init; }

    /// <summary>One pass.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() => [("steps", Steps), .. base.Lists()];
}

/// <summary><c>try</c>, <c>catch</c>.</summary>
public sealed record TryStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "try";

    /// <summary>What is tried.</summary>
    public required IReadOnlyList<Step> Try { get; init; }

    /// <summary>Run where it fails; sees <c>error</c>.</summary>
    public required IReadOnlyList<Step> Catch { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Name, IReadOnlyList<Step> Steps)> Lists() => [("try", Try), ("catch", Catch), .. base.Lists()];
}

/// <summary>Waits for a time or an event. Exactly one of the three is set.</summary>
public sealed record WaitStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "wait";

    /// <summary>A duration.</summary>
    public ValueNode? For { get; init; }

    /// <summary>A time.</summary>
    public ValueNode? Until { get; init; }

    /// <summary>An event's name.</summary>
    public string? Event { get; init; }

    /// <summary>Which event of that name, over <c>event</c>; any where null.</summary>
    public Expression? Match { get; init; }
}

/// <summary>Changes variables.</summary>
public sealed record SetStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "set";

    /// <summary>Names and their new values.</summary>
    public required IReadOnlyDictionary<string, ValueNode> Set { get; init; }
}

/// <summary>Runs another playbook as a part of this run.</summary>
public sealed record CallStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "call";

    /// <summary>The playbook's id.</summary>
    public required string Call { get; init; }

    /// <summary>Its inputs.</summary>
    public IReadOnlyDictionary<string, ValueNode> With { get; init; } = new Dictionary<string, ValueNode>();
}

/// <summary>Ends the run (or the called playbook).</summary>
public sealed record StopStep : Step
{
    /// <inheritdoc/>
    public override string Kind => "stop";

    /// <summary><c>contained</c>, <c>false_positive</c>, <c>benign</c>, <c>failed</c>, or the author's own word.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why, for people.</summary>
    public ValueNode? Reason { get; init; }
}
