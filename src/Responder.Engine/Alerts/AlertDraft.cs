using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>An alert being put together: fields as found, before they are bounded and made one from the other.</summary>
internal sealed class AlertDraft
{
    public string? SourceId { get; set; }

    public string? UpdateMark { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Url { get; set; }

    public DateTimeOffset? Time { get; set; }

    public int? Score { get; set; }

    public AlertSeverity? Severity { get; set; }

    public bool IsEvent { get; set; }

    public List<string> Attack { get; } = [];

    public List<AlertDevice> Devices { get; } = [];

    public List<AlertUser> Users { get; } = [];

    public List<AlertFile> Files { get; } = [];

    public List<AlertIndicator> Indicators { get; } = [];

    public AlertProcess? Process { get; set; }

    public AlertCounts Counts { get; set; } = new();

    public JsonElement? Event { get; set; }

    public List<string> Notes { get; } = [];

    /// <summary>True where nothing was found that says what happened or to whom.</summary>
    public bool IsEmpty => Title is null && Summary is null && SourceId is null && Devices.Count == 0 && Users.Count == 0 && Files.Count == 0
        && Process is null && Indicators.Count == 0;

    public Alert Build(string source, int index, JsonElement raw, DateTimeOffset receivedAt, AlertLimits limits)
    {
        var bounds = new Bounds(limits, Notes);
        var (severity, score) = (Severity, Score) switch
        {
            ({ } word, { } number) => (word, (int?)number),
            ({ } word, null) => (word, SeverityScale.Score(word)),
            (null, var number) => (SeverityScale.Of(number), number),
        };
        if (Time is null)
        {
            Notes.Add("time: the alert does not say when; the time of receipt is taken.");
        }

        var alert = new Alert
        {
            Id = string.Empty,
            Source = source,
            SourceId = bounds.Short("source_id", SourceId),
            UpdateMark = bounds.Short("update_mark", UpdateMark),
            Title = bounds.Short("title", Title),
            Summary = bounds.Text("summary", Summary),
            Url = bounds.Text("url", Url),
            Time = Time ?? receivedAt,
            ReceivedAt = receivedAt,
            Severity = severity,
            SeverityScore = score is { } given ? Math.Clamp(given, 0, 100) : null,
            Attack = bounds.List("attack", Attack.Distinct(StringComparer.Ordinal), one => one),
            Devices = bounds.List("devices", Devices.Distinct(), bounds.Device),
            Users = bounds.List("users", Users.Distinct(), bounds.User),
            Files = bounds.List("files", Files.Distinct(), bounds.File),
            Indicators = bounds.List("indicators", Indicators.Distinct(), bounds.Indicator),
            Process = Process is null ? AlertProcess.None : bounds.Process("process", Process),
            Counts = Counts,
            Raw = raw,
            IsEvent = IsEvent,
            Event = Event,
            Notes = Notes,
        };
        return alert with { Id = IdOf(alert, index) };
    }

    // From the delivery, so that a repeated delivery has the id it had; without a vendor's id every receipt is an alert of its own.
    private static string IdOf(Alert alert, int index)
    {
        var text = alert.DeliveryKey ?? $"{alert.Source}|{Sdk.Json.Time(alert.ReceivedAt)}|{index}|{alert.Raw.GetRawText()}";
        return "al-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}
