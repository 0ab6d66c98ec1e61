namespace Responder.Storage;

/// <summary>How a kill switch is told to people.</summary>
internal static class KillSwitchText
{
    public static string Say(string scope, string name, string by, string reason, DateTimeOffset at) =>
        $"{by} threw the kill switch for {(scope == "all" ? "everything" : $"the {scope} '{name}'")} at {Sdk.Json.Time(at)}: {reason}";
}
