namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>A detection rule in Sigma's form (SigmaHQ's specification 2), compiled.</summary>
public sealed record SigmaRule
{
    private readonly SigmaCondition _condition;

    internal SigmaRule(SigmaCondition condition) => _condition = condition;

    /// <summary>Its id, a GUID by custom; its file where it has none.</summary>
    public required string Id { get; init; }

    /// <summary>What it detects, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>In sentences.</summary>
    public string? Description { get; init; }

    /// <summary><c>informational</c>, <c>low</c>, <c>medium</c>, <c>high</c>, <c>critical</c>.</summary>
    public string Level { get; init; } = "medium";

    /// <summary>0 to 100, where the rule says more than its level (<c>severity_score</c>, our own key).</summary>
    public int? SeverityScore { get; init; }

    /// <summary><c>attack.t1074.001</c> and the like.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Which events it is for.</summary>
    public required SigmaLogSource LogSource { get; init; }

    /// <summary>Where fields of the alert are in the event, beyond what its mapping finds (<c>extract</c>, our own key).</summary>
    public IReadOnlyList<SigmaExtract> Extract { get; init; } = [];

    /// <summary>The file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>True where the event is of the rule's log source and its detection holds.</summary>
    /// <param name="event">The event.</param>
    public bool Matches(SigmaEvent @event) => LogSource.Fits(@event) && _condition.IsTrue(@event);
}

/// <summary>A field of the alert taken from a field of the event by a pattern.</summary>
/// <param name="Target">The alert's field: <c>file.parent_folder</c>.</param>
/// <param name="Field">The event's field: <c>CommandLine</c>.</param>
/// <param name="Pattern">A regular expression; its group <c>value</c> is taken.</param>
public sealed record SigmaExtract(string Target, string Field, System.Text.RegularExpressions.Regex Pattern)
{
    /// <summary>The value in an event; null where there is none, or where looking for it took too long.</summary>
    /// <param name="event">The event.</param>
    public string? From(SigmaEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        try
        {
            return @event.Field(Field) is { } text && Pattern.Match(text) is { Success: true } match && match.Groups["value"] is { Success: true, Length: > 0 } value ? value.Value : null;
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
