namespace Responder.Engine.Runs;

/// <summary>Paths of step instances: a step's place, inside <c>call</c> of the step that called its playbook, with <c>label[index]</c> for each pass of a loop.</summary>
internal static class Paths
{
    /// <summary>Between a call's path and the places of the called playbook.</summary>
    public const string Call = ".call.";

    /// <summary>The path of the call step in whose playbook a step is; null for the run's own playbook.</summary>
    public static string? FrameOf(string path)
    {
        var at = path.LastIndexOf(Call, StringComparison.Ordinal);
        return at < 0 ? null : path[..at];
    }

    /// <summary>A place below another: <c>steps[0].then[1]</c> of <c>steps[4].steps[0].then[1]</c> below <c>steps[4]</c>.</summary>
    public static string Below(string place, string outer) => place[(outer.Length + 1)..];
}
