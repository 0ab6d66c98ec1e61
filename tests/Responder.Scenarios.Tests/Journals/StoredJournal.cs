using System.Globalization;
using System.Text;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Journals;

/// <summary>A journal as a program of some version stored it: a line an event, and as the last line how that program folded it.</summary>
internal static class StoredJournal
{
    public static string Folder => Repository.Path("tests/Responder.Scenarios.Tests/Journals/v1");

    public static void Write(string file, IEnumerable<JournalEntry> entries, RunState state)
    {
        var text = new StringBuilder();
        foreach (var stored in entries.Select(JournalCodec.Write))
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"seq\":{stored.Seq},\"at\":\"{Json.Time(stored.At)}\",\"type\":\"{stored.Type}\",\"version\":{stored.Version},\"payload\":{Encoding.UTF8.GetString(stored.Payload.Span)}}}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{{\"folded\":{JsonSerializer.Serialize(Folded(state))}}}\n");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, file), text.ToString());
    }

    public static (IReadOnlyList<StoredEvent> Events, IReadOnlyList<string> Folded) Read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Folder, file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        return (
            [.. lines.SkipLast(1).Select(line => new StoredEvent(
                line.GetProperty("seq").GetInt64(), line.GetProperty("at").GetDateTimeOffset(), line.GetProperty("type").GetString()!, line.GetProperty("version").GetInt32(),
                Encoding.UTF8.GetBytes(line.GetProperty("payload").GetRawText())))],
            [.. lines[^1].GetProperty("folded").EnumerateArray().Select(one => one.GetString()!)]);
    }

    /// <summary>How a run stands, in lines that a later program must come to as well.</summary>
    public static IReadOnlyList<string> Folded(RunState state) =>
    [
        $"run {state.Ended?.Status} {state.Ended?.Outcome} seq {state.Seq} contained {state.Contained} cancelled {state.Cancel is not null} late {state.TimeRanOut} warnings {state.Warnings.Count}",
        .. state.Steps.Values.OrderBy(step => step.Path, StringComparer.Ordinal).Select(step =>
            $"{step.Path} {step.Kind} {step.Status} {step.Outcome} attempts {step.Attempts} error {step.Error?.Kind} gate {step.Gate?.Choice} outputs {step.Outputs?.GetRawText().Length}"),
    ];
}
