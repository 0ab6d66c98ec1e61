using System.Text;
using System.Text.Json;
using Responder.Engine.Audit;
using Responder.Sdk;

namespace Responder.Hosting.Audit;

/// <summary>Anchors as text: a line of JSON for each head. A line may have anything before it, as a syslog server's file has.</summary>
public static class Anchors
{
    private const string Mark = "{\"kind\":\"responder.audit.head\"";

    /// <summary>A head's line.</summary>
    /// <param name="head">The head.</param>
    /// <param name="now">When it is kept.</param>
    public static string Line(AuditHead head, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(head);
        return JsonSerializer.Serialize(new { Kind = "responder.audit.head", head.Writer, head.N, head.Mac, At = now }, Json.Options);
    }

    /// <summary>The heads in a text; lines without one are passed over.</summary>
    /// <param name="lines">The lines.</param>
    /// <exception cref="InvalidDataException">A line has a head that is not whole.</exception>
    public static IReadOnlyList<AuditHead> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        List<AuditHead> heads = [];
        foreach (var (line, number) in lines.Select((line, index) => (line, index + 1)))
        {
            if (line.IndexOf(Mark, StringComparison.Ordinal) is var at && at < 0)
            {
                continue;
            }

            try
            {
                var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line[at..]));
                var head = JsonElement.ParseValue(ref reader);
                heads.Add(new AuditHead(head.GetProperty("writer").GetString()!, head.GetProperty("n").GetInt64(), head.GetProperty("mac").GetString()!, head.GetProperty("at").GetDateTimeOffset()));
            }
            catch (Exception failure) when (failure is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
            {
                throw new InvalidDataException($"line {number} has an anchor that is not whole: {failure.Message}", failure);
            }
        }

        return heads;
    }
}
