using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Engine.Alerts;

/// <summary>Elastic's modules move an event's own fields to ECS: they are put back under Windows' names where they are missing.</summary>
internal static class EcsFields
{
    private static readonly (string Name, string[] Path)[] Moves =
    [
        ("Image", ["process", "executable"]), ("ProcessId", ["process", "pid"]), ("ProcessGuid", ["process", "entity_id"]), ("CommandLine", ["process", "command_line"]),
        ("ParentImage", ["process", "parent", "executable"]), ("ParentProcessId", ["process", "parent", "pid"]), ("ParentCommandLine", ["process", "parent", "command_line"]),
        ("TargetFilename", ["file", "path"]), ("UtcTime", ["@timestamp"]), ("DestinationIp", ["destination", "ip"]), ("SourceIp", ["source", "ip"]),
        ("QueryName", ["dns", "question", "name"]), ("TargetObject", ["registry", "path"]),
    ];

    public static void Add(JsonElement document, JsonObject data)
    {
        foreach (var (name, path) in Moves)
        {
            EventData.Add(data, name, path.Aggregate(document, Values.Member));
        }

        var hash = Values.Member(Values.Member(document, "process"), "hash");
        if (!data.ContainsKey("Hashes") && Values.Text(Values.Member(hash, "sha256")) is { } sha256)
        {
            data["Hashes"] = $"SHA256={sha256}";
        }

        var user = Values.Member(document, "user");
        if (!data.ContainsKey("User") && Values.Text(Values.Member(user, "name")) is { } one)
        {
            data["User"] = Values.Text(Values.Member(user, "domain")) is { } domain ? $@"{domain}\{one}" : one;
        }
    }
}
