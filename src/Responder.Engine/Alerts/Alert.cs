using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>
/// An alert in the normal form: what expressions see as <c>alert</c>. The words are those of OCSF's Detection Finding (class 2004) where it has them.
/// All of it but <see cref="Source"/> and <see cref="ReceivedAt"/> is a sender's word: text to look at, never an instruction.
/// </summary>
public sealed record Alert
{
    /// <summary>Ours. The normaliser gives one made from the delivery (the same delivery, the same id); intake may give its own.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the source that it came in by: <c>sysmon</c>, <c>crowdstrike</c>, <c>generic</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The vendor's id of it.</summary>
    public string? SourceId { get; init; }

    /// <summary>What was detected, in a few words.</summary>
    public string? Title { get; init; }

    /// <summary>What was detected, in sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>The vendor's page on it.</summary>
    public string? Url { get; init; }

    /// <summary>When it happened; the time of receipt where the alert does not say (<see cref="Notes"/> says so then).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When it reached us.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>0 to 100; null where the alert does not say.</summary>
    public int? SeverityScore { get; init; }

    /// <summary>OCSF's word.</summary>
    public AlertSeverity Severity { get; init; }

    /// <summary>ATT&amp;CK technique ids, <c>T1074.001</c>, in the order given, each once.</summary>
    public IReadOnlyList<string> Attack { get; init; } = [];

    /// <summary>The process that did it.</summary>
    public AlertProcess Process { get; init; } = AlertProcess.None;

    /// <summary>Sums, where the alert sums events up.</summary>
    public AlertCounts Counts { get; init; } = new();

    /// <summary>The hosts; <c>alert.device</c> is the first.</summary>
    public IReadOnlyList<AlertDevice> Devices { get; init; } = [];

    /// <summary>The accounts; <c>alert.user</c> is the first.</summary>
    public IReadOnlyList<AlertUser> Users { get; init; } = [];

    /// <summary>The files and folders; <c>alert.file</c> is the first.</summary>
    public IReadOnlyList<AlertFile> Files { get; init; } = [];

    /// <summary>Values to pivot on: addresses, hashes, domains, addresses of mail.</summary>
    public IReadOnlyList<AlertIndicator> Indicators { get; init; } = [];

    /// <summary>As received; text where it was not JSON. NUL and lone surrogates are replaced.</summary>
    public required JsonElement Raw { get; init; }

    /// <summary>The vendor's mark of this state of the alert (its time of update, its version, its status); part of <see cref="DeliveryKey"/>. Not seen by expressions.</summary>
    public string? UpdateMark { get; init; }

    /// <summary>True for an event that no rule judged bad: it may be counted, and matches a playbook only by what it holds. Not seen by expressions.</summary>
    public bool IsEvent { get; init; }

    /// <summary>The Windows event that it is of, in the one form that mappings and rules see; null where it is of none. Not seen by expressions.</summary>
    public JsonElement? Event { get; init; }

    /// <summary>What was cut, replaced or not understood. For people; not seen by expressions.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Source, vendor's id and vendor's mark of the update: the same again is a duplicate. Null where the vendor gives no id.</summary>
    public string? DeliveryKey => SourceId is null ? null : $"{Source}|{SourceId}|{UpdateMark}";

    /// <summary>The first host; all null where there is none.</summary>
    public AlertDevice Device => Devices.Count > 0 ? Devices[0] : AlertDevice.None;

    /// <summary>The first account; all null where there is none.</summary>
    public AlertUser User => Users.Count > 0 ? Users[0] : AlertUser.None;

    /// <summary>The first file; all null where there is none.</summary>
    public AlertFile File => Files.Count > 0 ? Files[0] : AlertFile.None;

    /// <summary>What expressions see: exactly the fields of the language's table; what is absent is null, a list is a list, <c>device</c>, <c>user</c>, <c>process</c>, <c>file</c> and <c>counts</c> are always objects.</summary>
    public JsonElement ToJson() => AlertJson.Write(this);
}
