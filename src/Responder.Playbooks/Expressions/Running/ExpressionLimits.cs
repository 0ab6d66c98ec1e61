namespace Responder.Playbooks.Expressions;

/// <summary>What one evaluation may use. An alert is hostile text, and a playbook may come from anywhere.</summary>
internal static class ExpressionLimits
{
    /// <summary>The longest text that a function may make, in characters.</summary>
    public const int Text = 4 * 1024 * 1024;

    /// <summary>The longest list that a function may make.</summary>
    public const int List = 1_000_000;

    /// <summary>The largest value that may be made, in bytes of JSON. A value that is passed on whole does not count.</summary>
    public const int Output = 1024 * 1024;

    /// <summary>How deep a value that is made may be; JSON readers stop at 64.</summary>
    public const int Depth = 60;

    /// <summary>How often functions may be called.</summary>
    public const int Calls = 1_000_000;

    /// <summary>How deep functions may call each other.</summary>
    public const int Recursion = 64;

    /// <summary>What may be allocated, in bytes.</summary>
    public const long Memory = 64 * 1024 * 1024;

    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    /// <summary>How long one match of a regular expression may take.</summary>
    public static readonly TimeSpan Match = TimeSpan.FromMilliseconds(250);
}
