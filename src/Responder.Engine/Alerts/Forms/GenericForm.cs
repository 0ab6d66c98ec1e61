using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>
/// The normal form as a source of its own. Strict where mappings are lenient: whoever writes our own form wants to hear of a wrong type, not to lose a field.
/// </summary>
internal static class GenericForm
{
    private static readonly string[] Telling = ["title", "summary", "id", "source_id", "device", "devices", "user", "users", "process", "file", "files", "indicators"];

    /// <summary>True where the names of the first level are those of the normal form: <c>auto</c> takes it for one.</summary>
    public static bool Recognises(JsonElement document) =>
        document.ValueKind == JsonValueKind.Object
        && Telling.Any(name => Values.Member(document, name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        && document.EnumerateObject().All(member => GenericFields.Top.ContainsKey(member.Name));

    /// <summary>Reads it; null with the problems where it is none.</summary>
    public static AlertDraft? Read(JsonElement document, List<string> problems, out JsonElement raw)
    {
        raw = document;
        if (document.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"It is {GenericFields.Kind(document)}, and an object in the normal form is wanted.");
            return null;
        }

        GenericFields.Check(document, GenericFields.Top, string.Empty, problems);
        if (problems.Count > 0)
        {
            return null;
        }

        var draft = Fill(document);
        draft.Notes.AddRange(document.EnumerateObject().Where(member => !GenericFields.Top.ContainsKey(member.Name)).Take(20)
            .Select(member => $"{(member.Name.Length > 60 ? member.Name[..60] : member.Name)}: no field of the normal form; it is in raw."));
        if (draft.IsEmpty)
        {
            problems.Add($"It says neither what happened nor to whom; give at least one of {string.Join(", ", Telling.Select(name => $"`{name}`"))}.");
            return null;
        }

        if (Values.Member(document, "raw") is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } inner)
        {
            raw = inner;
        }

        return draft;
    }

    private static AlertDraft Fill(JsonElement document)
    {
        var draft = new AlertDraft
        {
            SourceId = Text(document, "source_id") ?? Text(document, "id"),
            UpdateMark = Text(document, "updated_at"),
            Title = Text(document, "title"),
            Summary = Text(document, "summary"),
            Url = Text(document, "url"),
            Time = TimeText.Read(Values.Member(document, "time")),
            Score = (int?)Values.Number(Values.Member(document, "severity_score")),
            Severity = SeverityScale.Word(Text(document, "severity")),
            Process = Parts.Process(Values.Member(document, "process")),
        };
        if (draft is { Severity: AlertSeverity.Unknown, Score: not null })
        {
            draft.Severity = null;
        }

        draft.Attack.AddRange(Values.Techniques(Values.Member(document, "attack")));
        Fill(draft.Devices, document, "device", "devices", Parts.Device);
        Fill(draft.Users, document, "user", "users", Parts.User);
        Fill(draft.Files, document, "file", "files", Parts.File);
        draft.Indicators.AddRange(Values.Items(Values.Member(document, "indicators")).Select(Parts.Indicator).OfType<AlertIndicator>());
        var counts = Values.Member(document, "counts");
        draft.Counts = new AlertCounts(Values.Number(Values.Member(counts, "files")), Values.Number(Values.Member(counts, "bytes")), Values.Number(Values.Member(counts, "events")));
        return draft;
    }

    // The singular is the first of the list: where both are given, it goes in front.
    private static void Fill<T>(List<T> list, JsonElement document, string one, string many, Func<JsonElement, T?> read)
        where T : class
    {
        if (read(Values.Member(document, one)) is { } first)
        {
            list.Add(first);
        }

        list.AddRange(Values.Items(Values.Member(document, many)).Select(read).OfType<T>());
    }

    private static string? Text(JsonElement document, string name) =>
        Values.Member(document, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } found ? found : null;
}
