namespace Responder.Hosting.Testing.Coverage;

/// <summary>Something of a playbook that a test runs or not.</summary>
/// <param name="Playbook">The playbook.</param>
/// <param name="Place">The step's place in the file.</param>
/// <param name="Detail">Which of its ways; empty for the step itself.</param>
public sealed record CoverageKey(string Playbook, string Place, string Detail);

/// <summary>What kind of thing it is.</summary>
public enum CoverageKind
{
    /// <summary>A step that begins.</summary>
    Step,

    /// <summary>A way on from a condition.</summary>
    Branch,

    /// <summary>A decision at a gate.</summary>
    Gate,

    /// <summary>What is done after a failure.</summary>
    Error,
}

/// <summary>Something that can be run.</summary>
/// <param name="Key">What.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="File">The playbook's file.</param>
/// <param name="Line">The step's line.</param>
/// <param name="What">For people.</param>
public sealed record CoverageItem(CoverageKey Key, CoverageKind Kind, string File, int Line, string What);
