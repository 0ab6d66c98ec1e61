using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>The alert that a count makes, in the source's own form of a detection over events.</summary>
internal static class CountedAlert
{
    public static JsonElement Write(WindowState state, EventCount count, ProcessMemory processes)
    {
        var (from, to) = (state.Events.Min(one => one.At), state.Events.Max(one => one.At));
        var program = state.Events.GroupBy(one => (one.Image, one.Pid)).OrderByDescending(group => group.Count()).First();
        var known = processes.Of(state.Host, program.Key.Pid, program.Key.Image);
        var user = state.Events.Select(one => one.User).FirstOrDefault(one => one is not null);
        var files = state.Events.Count;
        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["detection"] = new JsonObject
            {
                ["id"] = $"{count.Id}/{state.Host}/{state.Folder}/{Sdk.Json.Time(state.AlertFrom!.Value)}",
                ["updated"] = files.ToString(CultureInfo.InvariantCulture),
                ["rule"] = count.Title,
                ["description"] = $"{count.Description} {files.ToString("N0", CultureInfo.InvariantCulture)} files in {state.Folder} on {state.Host} between {Sdk.Json.Time(from)} and {Sdk.Json.Time(to)}, most of them by {program.Key.Image ?? "an unknown program"}.".TrimStart(),
                ["severity_score"] = count.SeverityScore,
                ["time"] = Sdk.Json.Time(to),
                ["attack"] = new JsonArray([.. count.Tags.Select(tag => (JsonNode?)tag)]),
                ["window"] = new JsonObject { ["from"] = Sdk.Json.Time(from), ["to"] = Sdk.Json.Time(to) },
            },
            ["host"] = new JsonObject { ["name"] = state.Host },
            ["user"] = new JsonObject { ["name"] = user },
            ["process"] = Process(known ?? new AlertProcess(program.Key.Pid, program.Key.Image)),
            ["staging"] = new JsonObject
            {
                ["folder"] = state.Folder,
                ["files"] = files,
                ["events"] = files,
                ["types"] = new JsonObject(state.Events.GroupBy(one => one.Type).OrderByDescending(group => group.Count()).Take(50).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)group.Count()))),
                ["source_folders"] = new JsonArray([.. SourceFolders.Of(known?.CmdLine).Select(folder => (JsonNode?)new JsonObject { ["path"] = folder })]),
            },
        });
    }

    private static JsonObject Process(AlertProcess process) => new()
    {
        ["pid"] = process.Pid,
        ["image"] = process.Image,
        ["command_line"] = process.CmdLine,
        ["hashes"] = process.Sha256,
        ["parent"] = process.Parent is { } parent ? Process(parent) : null,
    };
}
