using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Engine.Alerts;

/// <summary>A Windows event's parts, found in whatever form it came.</summary>
internal sealed class EventParts
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";

    /// <summary>Names that flat forms give to the system's part of an event; the rest with a capital are the event's own.</summary>
    public static readonly HashSet<string> SystemNames = new(StringComparer.Ordinal)
    {
        "EventID", "EventCode", "SourceName", "ProviderName", "Provider", "ProviderGuid", "EventSourceName", "Source", "Channel", "LogName", "EventLog", "Computer", "ComputerName", "Hostname",
        "TimeCreated", "SystemTime", "TimeGenerated", "EventTime", "EventReceivedTime", "EventRecordID", "RecordNumber", "RecordId", "EventOriginId", "UserID", "Sid", "SidType", "Message",
        "Keywords", "EventType", "SeverityValue", "Severity", "Version", "Task", "TaskCategory", "OpcodeValue", "Opcode", "OpCode", "ThreadID", "ExecutionThreadID", "ProcessID", "ExecutionProcessID",
        "AccountType", "Category", "SourceModuleName", "SourceModuleType", "Level", "EventLevel", "EventLevelName", "EventData", "TenantId", "SourceSystem", "ManagementGroupName",
        "Type", "ActivityID", "RelatedActivityID", "Correlation", "EventStatus",
    };

    public string? Provider { get; set; }

    public string? Channel { get; init; }

    public int? EventId { get; init; }

    public string? Computer { get; init; }

    public string? Time { get; init; }

    public string? RecordId { get; init; }

    public string? UserSid { get; init; }

    public string? Message { get; init; }

    /// <summary>The event's own fields.</summary>
    public JsonObject Data { get; } = [];

    public JsonElement ToJson()
    {
        // Sysmon's own time is UTC to the millisecond; a collector's time without a zone is local somewhere.
        var time = Time;
        if (Provider == Sysmon && !HasZone(time) && Data.TryGetPropertyValue("UtcTime", out var utc) && utc is JsonValue value && value.TryGetValue<string>(out var own))
        {
            time = own;
        }

        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["provider"] = Provider ?? Channel,
            ["channel"] = Channel,
            ["event_id"] = EventId,
            ["computer"] = Computer,
            ["time"] = time,
            ["record_id"] = RecordId,
            ["user_sid"] = UserSid,
            ["message"] = Message,
            ["data"] = Data,
        });
    }

    private static bool HasZone(string? time) => time is not null && (time.EndsWith('Z') || time.LastIndexOfAny(['+', '-']) > 10 || long.TryParse(time, out _));
}
