using System.Collections.Immutable;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>What is wrong with a name that an expression reads. Each kind is one rule's.</summary>
internal enum ScopeIssueKind
{
    UnknownName,
    UnknownStep,
    NotVisible,
    MayNotHaveRun,
    UnknownInput,
    UnknownVariable,
    UnknownAlertField,
    UnknownField,
    UnknownOutput,
    AlertMayBeNull,
}

/// <summary>A name that cannot be read so.</summary>
internal sealed record ScopeIssue(ScopeIssueKind Kind, SourcePosition At, string Message, string? Hint);

/// <summary>A variable that is read or set.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Sets">True where it is set.</param>
/// <param name="At">Where.</param>
/// <param name="Regions">The branches and concurrent loops that it is inside, outermost first.</param>
internal sealed record VariableUse(string Name, bool Sets, SourcePosition At, ImmutableList<Region> Regions);

/// <summary>Something of which more than one may be at work at once: a branch of a parallel, a pass of a loop.</summary>
internal sealed class Region(string what)
{
    /// <summary>For messages: <c>branch `cloud`</c>.</summary>
    public string What { get; } = what;
}

/// <summary>A field of a called playbook's outputs that is read.</summary>
internal sealed record CallRead(CallStep Call, string Field, SourcePosition At);

/// <summary>All that following a playbook from step to step tells.</summary>
internal sealed class ScopeReport
{
    public List<ScopeIssue> Issues { get; } = [];

    public List<VariableUse> Variables { get; } = [];

    public List<CallRead> CallReads { get; } = [];

    /// <summary>Steps that nothing leads to: behind a stop.</summary>
    public List<Step> Unreachable { get; } = [];

    public static ScopeReport Of(Draft draft)
    {
        var report = new ScopeReport();
        if (draft.Playbook is { } playbook)
        {
            new PlaybookWalk(draft, playbook, report).Run();
        }

        return report;
    }
}
