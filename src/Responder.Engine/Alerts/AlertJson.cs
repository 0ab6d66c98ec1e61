using System.Buffers;
using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>The normal form as JSON, field by field: a name that is not in the language's table can't slip in by a new property.</summary>
internal static class AlertJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = Sdk.Json.Options.Encoder, SkipValidation = true };

    public static JsonElement Write(Alert alert)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, alert);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = AlertLimits.HardDepth });
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("id", alert.Id);
        json.WriteString("source", alert.Source);
        json.WriteString("source_id", alert.SourceId);
        json.WriteString("title", alert.Title);
        json.WriteString("summary", alert.Summary);
        json.WriteString("url", alert.Url);
        json.WriteString("time", Sdk.Json.Time(alert.Time));
        json.WriteString("received_at", Sdk.Json.Time(alert.ReceivedAt));
        Number(json, "severity_score", alert.SeverityScore);
        json.WriteString("severity", Name(alert.Severity));
        List(json, "attack", alert.Attack, static (w, one) => w.WriteStringValue(one));
        json.WritePropertyName("device");
        Device(json, alert.Device);
        json.WritePropertyName("user");
        User(json, alert.User);
        json.WritePropertyName("process");
        Process(json, alert.Process, parentToo: true);
        json.WritePropertyName("file");
        File(json, alert.File);
        json.WriteStartObject("counts");
        Number(json, "files", alert.Counts.Files);
        Number(json, "bytes", alert.Counts.Bytes);
        Number(json, "events", alert.Counts.Events);
        json.WriteEndObject();
        List(json, "devices", alert.Devices, Device);
        List(json, "users", alert.Users, User);
        List(json, "files", alert.Files, File);
        List(json, "indicators", alert.Indicators, Indicator);
        json.WritePropertyName("raw");
        alert.Raw.WriteTo(json);
        json.WriteEndObject();
    }

    /// <summary>A severity's word: <c>high</c>.</summary>
    public static string Name(AlertSeverity severity) => severity switch
    {
        AlertSeverity.Informational => "informational",
        AlertSeverity.Low => "low",
        AlertSeverity.Medium => "medium",
        AlertSeverity.High => "high",
        AlertSeverity.Critical => "critical",
        AlertSeverity.Fatal => "fatal",
        _ => "unknown",
    };

    private static void Device(Utf8JsonWriter json, AlertDevice device)
    {
        json.WriteStartObject();
        json.WriteString("hostname", device.Hostname);
        json.WriteString("id", device.Id);
        json.WriteString("ip", device.Ip);
        json.WriteString("os", device.Os);
        json.WriteEndObject();
    }

    private static void User(Utf8JsonWriter json, AlertUser user)
    {
        json.WriteStartObject();
        json.WriteString("email", user.Email);
        json.WriteString("name", user.Name);
        json.WriteString("sid", user.Sid);
        json.WriteString("domain", user.Domain);
        json.WriteEndObject();
    }

    // The process and its parent are always objects, so that `alert.process.parent.image` is null and not an error; a parent's parent is there where it is known.
    private static void Process(Utf8JsonWriter json, AlertProcess process, bool parentToo)
    {
        json.WriteStartObject();
        Number(json, "pid", process.Pid);
        json.WriteString("image", process.Image);
        json.WriteString("cmd_line", process.CmdLine);
        json.WriteString("sha256", process.Sha256);
        json.WritePropertyName("parent");
        if (process.Parent is null && !parentToo)
        {
            json.WriteNullValue();
        }
        else
        {
            Process(json, process.Parent ?? AlertProcess.None, parentToo: false);
        }

        json.WriteEndObject();
    }

    private static void File(Utf8JsonWriter json, AlertFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("name", file.Name);
        json.WriteString("parent_folder", file.ParentFolder);
        json.WriteString("sha256", file.Sha256);
        Number(json, "size", file.Size);
        json.WriteEndObject();
    }

    private static void Indicator(Utf8JsonWriter json, AlertIndicator indicator)
    {
        json.WriteStartObject();
        json.WriteString("type", indicator.Type);
        json.WriteString("value", indicator.Value);
        json.WriteBoolean("suspicious", indicator.Suspicious);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }
}
