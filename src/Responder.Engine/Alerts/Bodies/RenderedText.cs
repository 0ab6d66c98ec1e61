using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Responder.Engine.Alerts;

/// <summary>Splunk's rendered form of a Windows event: a time, lines of <c>Name=value</c>, and a message to the end.</summary>
internal static partial class RenderedText
{
    private const string Message = "Message=";

    /// <summary>True where a text begins as such an event does.</summary>
    public static bool Begins(string text) => Start().Match(text) is { Success: true, Index: 0 };

    public static IEnumerable<BodyItem> Read(string text)
    {
        var starts = Start().Matches(text);
        for (var i = 0; i < starts.Count; i++)
        {
            var block = text[starts[i].Index..(i + 1 < starts.Count ? starts[i + 1].Index : text.Length)].TrimEnd();
            yield return new BodyItem(JsonSerializer.SerializeToElement(Block(block)), JsonSerializer.SerializeToElement(block));
        }
    }

    private static JsonObject Block(string block)
    {
        var cut = block.IndexOf('\n' + Message, StringComparison.Ordinal);
        var head = cut < 0 ? block : block[..cut];
        var lines = head.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var result = new JsonObject { ["EventTime"] = lines[0] };
        foreach (var line in lines.Skip(1).Take(100))
        {
            if (line.IndexOf('=') is > 0 and var equals)
            {
                result[line[..equals]] = line[(equals + 1)..];
            }
        }

        if (cut >= 0)
        {
            result["Message"] = block[(cut + 1 + Message.Length)..];
        }

        return result;
    }

    [GeneratedRegex(@"^\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}:\d{2}(?:\.\d{1,7})? [AP]M\r?\n(?=LogName=)", RegexOptions.Multiline)]
    private static partial Regex Start();
}
