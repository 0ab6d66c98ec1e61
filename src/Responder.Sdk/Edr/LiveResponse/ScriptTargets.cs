namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>What a target on a host is, before somebody looks there: of a path and a process the host has the last word, in the script that acts.</summary>
public static class ScriptTargets
{
    private static readonly ScriptHost Posix = new(string.Empty, string.Empty, IsWindows: false);

    /// <summary>A path or a process.</summary>
    /// <param name="kind">The kind of target.</param>
    /// <param name="value">As the action names it.</param>
    /// <param name="product">The EDR's name, for people.</param>
    /// <exception cref="ActionFailure">Invalid: the path's text is no path, or a host has no such thing.</exception>
    public static TargetFacts Describe(TargetKind kind, string value, string product)
    {
        ArgumentNullException.ThrowIfNull(value);
        return kind switch
        {
            TargetKind.Path => new TargetFacts(kind, value.StartsWith('/') ? HostPath.Normal(Posix, value) : WindowsPath.Normal(value), [value], []),
            TargetKind.Process => new TargetFacts(kind, value, [value], []),
            _ => throw new ActionFailure(FailureKind.Invalid, $"{product} knows no target of the kind {kind}."),
        };
    }
}
