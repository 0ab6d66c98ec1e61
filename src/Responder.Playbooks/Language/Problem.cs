namespace Responder.Playbooks.Language;

/// <summary>A place in a file; lines and columns count from 1.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct SourcePosition(int Line, int Column);

/// <summary>How much a problem matters.</summary>
public enum ProblemLevel
{
    /// <summary>The playbook does not load.</summary>
    Error,

    /// <summary>It loads; an author should look.</summary>
    Warning,

    /// <summary>Something to know: a gate that policy will add.</summary>
    Information,
}

/// <summary>One finding of the validator.</summary>
/// <param name="File">The file, as it was named to us.</param>
/// <param name="At">Where in it.</param>
/// <param name="Rule">The rule's id: <c>RSP004</c>.</param>
/// <param name="Level">How much it matters.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do.</param>
public sealed record Problem(string File, SourcePosition At, string Rule, ProblemLevel Level, string Message, string? Hint = null)
{
    /// <summary><c>file:line:column level rule message (hint)</c>.</summary>
    public override string ToString() =>
        $"{File}:{At.Line}:{At.Column}: {(Level == ProblemLevel.Information ? "info" : Level == ProblemLevel.Error ? "error" : "warning")} {Rule}: {Message}{(Hint is null ? string.Empty : $" ({Hint})")}";
}
