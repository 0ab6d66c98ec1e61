using System.Text.Json.Serialization;

namespace Responder.Connectors.Defender.LiveResponse;

/// <summary>A command of live response, as it is ordered.</summary>
internal sealed record LiveCommand(string? Type, IReadOnlyList<LiveParameter>? Params)
{
    public static LiveCommand RunScript(string name, string? arguments) =>
        new("RunScript", arguments is null ? [new("ScriptName", name)] : [new("ScriptName", name), new("Args", arguments)]);

    public static LiveCommand GetFile(string path) => new("GetFile", [new("Path", path)]);

    /// <summary>The arguments of a script; empty where there are none.</summary>
    [JsonIgnore]
    public string Arguments => Params?.FirstOrDefault(one => one.Key == "Args")?.Value ?? string.Empty;
}

/// <summary>One parameter of a command.</summary>
internal sealed record LiveParameter(string? Key, string? Value);

/// <summary>What became of a command.</summary>
internal sealed record LiveState(int Index, string? CommandStatus, IReadOnlyList<string>? Errors, LiveCommand? Command);
