namespace Responder.Engine.Reports;

/// <summary>One line of the time line.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What happened.</param>
/// <param name="Kind">What kind of thing it was.</param>
public sealed record TimeLineEntry(DateTimeOffset At, string Text, TimeLineKind Kind)
{
    /// <summary>At most so many, the least important left out first, of those the latest; still in order of time.</summary>
    internal static IReadOnlyList<TimeLineEntry> MostImportant(IReadOnlyList<TimeLineEntry> entries, int most) =>
        entries.Count <= most ? entries
        : [.. entries.Select((entry, index) => (entry, index)).OrderBy(pair => pair.entry.Kind).ThenBy(pair => pair.index).Take(most)
            .OrderBy(pair => pair.index).Select(pair => pair.entry)];
}

/// <summary>Kinds of time line entries, the most important first.</summary>
public enum TimeLineKind
{
    /// <summary>The run as a whole: began, ended.</summary>
    Run,

    /// <summary>What was detected, and what the attacker did.</summary>
    Attack,

    /// <summary>A containment or a deletion, done or failed.</summary>
    Containment,

    /// <summary>What people decided or answered.</summary>
    Decision,

    /// <summary>A ticket, a message, a record.</summary>
    Record,

    /// <summary>Something looked up.</summary>
    Read,
}
