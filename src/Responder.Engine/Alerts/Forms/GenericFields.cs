using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>The types of the normal form's fields, checked with a message for each that is wrong.</summary>
internal static class GenericFields
{
    private const int MostProblems = 20;

    internal abstract record Wanted;

    internal sealed record One(string Name, Func<JsonElement, bool> Fits) : Wanted;

    internal sealed record Fields(IReadOnlyDictionary<string, Wanted> Names) : Wanted;

    internal sealed record ListOf(Wanted Item) : Wanted;

    private static readonly One Text = new("text", value => value.ValueKind == JsonValueKind.String);
    private static readonly One Time = new("a time, RFC 3339 text such as 2026-03-01T14:15:33Z", value => value.ValueKind == JsonValueKind.String && TimeText.Read(value) is not null);
    private static readonly One Whole = new("a whole number, 0 or more", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0);
    private static readonly One Score = new("a whole number from 0 to 100", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 0 and <= 100);
    private static readonly One Truth = new("true or false", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);
    private static readonly One Hash = new("a SHA-256 in 64 hexadecimal digits", value => value.ValueKind == JsonValueKind.String && Values.Sha256(value)?.Length == value.GetString()!.Length);
    private static readonly One Technique = new("an ATT&CK technique id such as T1074.001", value => value.ValueKind == JsonValueKind.String && Values.Techniques(value).SequenceEqual([value.GetString()!]));
    private static readonly One Word = new(
        "one of unknown, informational, low, medium, high, critical, fatal", value => value.ValueKind == JsonValueKind.String && SeverityScale.Word(value.GetString()) is not null);
    private static readonly One Anything = new("anything", _ => true);

    private static readonly Fields Device = new(Map(("hostname", Text), ("id", Text), ("ip", Text), ("os", Text)));
    private static readonly Fields User = new(Map(("email", Text), ("name", Text), ("sid", Text), ("domain", Text)));
    private static readonly Fields File = new(Map(("path", Text), ("name", Text), ("parent_folder", Text), ("sha256", Hash), ("size", Whole)));
    private static readonly Fields Indicator = new(Map(("type", Text), ("value", Text), ("suspicious", Truth)));
    private static readonly Fields Process = Processes(3);

    /// <summary>The first level.</summary>
    public static IReadOnlyDictionary<string, Wanted> Top { get; } = Map(
        ("id", Text), ("source", Text), ("source_id", Text), ("title", Text), ("summary", Text), ("url", Text), ("time", Time), ("received_at", Time), ("updated_at", Text),
        ("severity_score", Score), ("severity", Word), ("attack", new ListOf(Technique)),
        ("device", Device), ("user", User), ("process", Process), ("file", File),
        ("counts", new Fields(Map(("files", Whole), ("bytes", Whole), ("events", Whole)))),
        ("devices", new ListOf(Device)), ("users", new ListOf(User)), ("files", new ListOf(File)), ("indicators", new ListOf(Indicator)), ("raw", Anything));

    /// <summary>Adds a message for each field of a wrong type; null is a field that is not there, and other names are let be.</summary>
    public static void Check(JsonElement value, IReadOnlyDictionary<string, Wanted> names, string path, List<string> problems)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (names.TryGetValue(member.Name, out var wanted))
            {
                Check(member.Value, wanted, path.Length == 0 ? member.Name : $"{path}.{member.Name}", problems);
            }
        }
    }

    /// <summary>What a value is, in words.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static void Check(JsonElement value, Wanted wanted, string path, List<string> problems)
    {
        if (value.ValueKind == JsonValueKind.Null || problems.Count >= MostProblems)
        {
            return;
        }

        switch (wanted)
        {
            case One one when !one.Fits(value):
                problems.Add($"`{path}` is {Shown(value)}, and {one.Name} is wanted.");
                break;
            case Fields fields when value.ValueKind == JsonValueKind.Object:
                Check(value, fields.Names, path, problems);
                break;
            case ListOf list when value.ValueKind == JsonValueKind.Array:
                var at = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(item, list.Item, $"{path}[{at++}]", problems);
                }

                break;
            case Fields:
                problems.Add($"`{path}` is {Kind(value)}, and an object is wanted.");
                break;
            case ListOf:
                problems.Add($"`{path}` is {Kind(value)}, and a list is wanted.");
                break;
        }
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{(value.GetString() is { Length: > 40 } text ? text[..40] + "…" : value.GetString())}\"",
        JsonValueKind.Number => value.GetRawText() is { Length: <= 20 } number ? number : "a long number",
        _ => Kind(value),
    };

    private static Fields Processes(int depth)
    {
        (string, Wanted)[] fields = [("pid", Whole), ("image", Text), ("cmd_line", Text), ("sha256", Hash)];
        return new Fields(Map(depth == 0 ? fields : [.. fields, ("parent", Processes(depth - 1))]));
    }

    private static Dictionary<string, Wanted> Map(params (string Name, Wanted Wanted)[] fields) => fields.ToDictionary(one => one.Name, one => one.Wanted, StringComparer.Ordinal);
}
