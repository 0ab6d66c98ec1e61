using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Responder.Engine.Tests.Alerts;

/// <summary>A delivery made of a file that nobody here wrote.</summary>
/// <param name="Source">The source it comes from.</param>
/// <param name="Name">The file.</param>
/// <param name="Body">The body.</param>
/// <param name="Expected">A third party's reading of it in ECS, where there is one.</param>
internal sealed record Delivery(string Source, string Name, byte[] Body, JsonElement? Expected = null);

/// <summary>The real alerts and events in the folder that <c>RESPONDER_REAL_DATA</c> names.</summary>
internal static class RealData
{
    private static readonly Dictionary<string, string> Sekoia = new()
    {
        ["winlogbeat"] = "sysmon", ["windows"] = "sysmon", ["crowdstrike_falcon"] = "crowdstrike", ["microsoft-365-defender"] = "defender", ["microsoft-sentinel"] = "sentinel",
        ["ocsf"] = "ocsf", ["sentinelone"] = "sentinelone",
    };

    private static readonly Dictionary<string, string> Transcribed = new()
    {
        ["falcon-"] = "crowdstrike", ["graph-"] = "graph", ["kibana-"] = "elastic", ["wazuh-"] = "wazuh", ["splunk-"] = "splunk", ["sentinel-"] = "sentinel",
    };

    public static string? Folder => Environment.GetEnvironmentVariable("RESPONDER_REAL_DATA") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    public static IEnumerable<Delivery> All()
    {
        var root = Folder!;
        return Files(root, "evtx-attack-samples").Concat(Files(root, "evtx-to-mitre-attack")).Concat(Files(root, "open-xp-rules")).Concat(Files(root, "splunk-attack-data"))
            .Select(file => Read("sysmon", file))
            .Concat(Files(root, "otrf-security-datasets").SelectMany(Zipped))
            .Concat(SigmaPairs(root).SelectMany(pair => (Delivery[])[new("sysmon", pair.Name, pair.Event), new("sigma", pair.Name, pair.Envelope)]))
            .Concat(Files(root, "sekoia-intake-formats").Select(Vendor))
            .Concat(Files(root, "transcribed").Select(file => Read(Transcribed.First(one => Path.GetFileName(file).StartsWith(one.Key, StringComparison.Ordinal)).Value, file)))
            .Concat(Files(root, "panther-analysis").SelectMany(Panther))
            .Concat(Files(root, "ocsf-examples").Select(file => Read("ocsf", file)))
            .Concat(Files(root, "wazuh").Select(file => Read(file.Contains("msgraph", StringComparison.Ordinal) ? "graph" : "wazuh", file)));
    }

    /// <summary>Every event with the rule that found it: its path in a checkout of the rules, and an envelope with its id, level and tags.</summary>
    public static IEnumerable<(string Name, string RulePath, byte[] Event, byte[] Envelope)> SigmaPairs(string root)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "sigma-regression/INDEX.json")));
        foreach (var one in index.RootElement.EnumerateArray().Select(one => one.Clone()).ToList())
        {
            var name = one.GetProperty("file").GetString()!;
            var text = File.ReadAllText(Path.Combine(root, "sigma-regression", name));
            var envelope = new JsonObject
            {
                ["source"] = "test",
                ["rule"] = new JsonObject
                {
                    ["id"] = one.GetProperty("rule_id").GetString(), ["title"] = one.GetProperty("title").GetString(), ["level"] = one.GetProperty("level").GetString(),
                    ["tags"] = JsonNode.Parse(one.GetProperty("tags").GetRawText()),
                },
                ["event"] = FirstOf(text),
            };
            yield return ("sigma-regression/" + name, one.GetProperty("path").GetString()!, System.Text.Encoding.UTF8.GetBytes(text), JsonSerializer.SerializeToUtf8Bytes(envelope));
        }
    }

    // Some hold many events, one after another.
    private static JsonNode? FirstOf(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        reader.Read();
        var first = JsonElement.ParseValue(ref reader);
        return JsonNode.Parse((first.ValueKind == JsonValueKind.Array ? first[0] : first).GetRawText());
    }

    private static IEnumerable<string> Files(string root, string folder) => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static Delivery Read(string source, string file) => new(source, Path.GetRelativePath(Folder!, file), File.ReadAllBytes(file));

    private static IEnumerable<Delivery> Zipped(string file)
    {
        if (!file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return [Read("sysmon", file)];
        }

        using var zip = ZipFile.OpenRead(file);
        return [.. zip.Entries.Select(entry =>
        {
            using var stream = entry.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return new Delivery(entry.Name.Contains("365Defender", StringComparison.Ordinal) ? "defender" : "sysmon", Path.GetFileName(file), memory.ToArray());
        })];
    }

    private static Delivery Vendor(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var format = Path.GetFileName(Path.GetDirectoryName(file)!);
        return new Delivery(
            Sekoia[format], Path.GetRelativePath(Folder!, file), System.Text.Encoding.UTF8.GetBytes(json.RootElement.GetProperty("input").GetProperty("message").GetString()!),
            json.RootElement.GetProperty("expected").Clone());
    }

    private static IEnumerable<Delivery> Panther(string file)
    {
        var source = Path.GetFileName(file) switch { var name when name.StartsWith("micro", StringComparison.Ordinal) => "graph", var name when name.StartsWith("def", StringComparison.Ordinal) => "defender", _ => "crowdstrike" };
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        var tests = (YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children[new YamlScalarNode("Tests")];
        return tests.Children.Select((test, i) => new Delivery(
            source, $"{Path.GetRelativePath(Folder!, file)}#{i}",
            System.Text.Encoding.UTF8.GetBytes(Json(((YamlMappingNode)test).Children[new YamlScalarNode("Log")])!.ToJsonString().Replace("at_sign_odata_type", "@odata.type", StringComparison.Ordinal))));
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(one => KeyValuePair.Create(((YamlScalarNode)one.Key).Value!, Json(one.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } plain => plain.Value switch
        {
            null or "" or "null" or "~" => null,
            "true" => true,
            "false" => false,
            var text => decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : text,
        },
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };
}
