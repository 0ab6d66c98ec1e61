namespace Responder.Engine.Alerts;

/// <summary>How much of an alert is taken. What is over a limit of a body or an alert is refused with a reason; what is over one of a field is cut with a note.</summary>
public sealed record AlertLimits
{
    /// <summary>The deepest nesting that anything here reads.</summary>
    internal const int HardDepth = 128;

    /// <summary>The defaults.</summary>
    public static AlertLimits Default { get; } = new();

    /// <summary>A body, in characters.</summary>
    public int BodyLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>One alert of a body, in characters of JSON.</summary>
    public int AlertLength { get; init; } = 1024 * 1024;

    /// <summary>Alerts in a body.</summary>
    public int Alerts { get; init; } = 10_000;

    /// <summary>Nesting of JSON: what is kept is put inside other documents (the normal form, a run's first event, an answer), and those may be 64 deep.</summary>
    public int Depth { get; init; } = 48;

    /// <summary>A field of the normal form, in characters: a Windows command line is 32,767 at most.</summary>
    public int TextLength { get; init; } = 32_767;

    /// <summary>A title, an id, a name: fields for lists and keys.</summary>
    public int ShortTextLength { get; init; } = 1_024;

    /// <summary>Items of a list of the normal form.</summary>
    public int Items { get; init; } = 1_000;
}
