using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>
/// A Windows event (Sysmon's above all) in one form, whatever wrote it down: XML, EVTX tools, NXLog, winlogbeat, Wazuh, and the tables of Splunk and Sentinel.
/// <c>provider</c>, <c>channel</c>, <c>event_id</c>, <c>computer</c>, <c>time</c>, <c>record_id</c>, <c>user_sid</c>, <c>message</c>, <c>data</c> (the event's own fields by Windows' names).
/// </summary>
internal static class WindowsEvent
{
    /// <summary>The event; null where it is none.</summary>
    public static JsonElement? Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var found = EventLog(document) ?? Winlogbeat(document) ?? Wazuh(document) ?? Rendered(document) ?? Flat(document);
        if (found is null || found.EventId is null || (found.Provider is null && found.Channel is null))
        {
            return null;
        }

        if (found.Data.Count == 0 && found.Message is not null)
        {
            EventData.FromMessage(found.Message, found.Data);
        }

        return found.ToJson();
    }

    // {"Event": {"System": …, "EventData": …}}, and Splunk's or Sentinel's row that holds it as XML text is read elsewhere.
    private static EventParts? EventLog(JsonElement document)
    {
        var whole = Values.Member(document, "Event");
        var system = Values.Member(whole, "System");
        if (system.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var parts = new EventParts
        {
            Provider = Attribute(system, "Provider", "Name"),
            Channel = Text(system, "Channel"),
            EventId = Number(system, "EventID"),
            Computer = Text(system, "Computer"),
            Time = Attribute(system, "TimeCreated", "SystemTime"),
            RecordId = Text(system, "EventRecordID"),
            UserSid = Attribute(system, "Security", "UserID"),
            Message = Text(Values.Member(whole, "RenderingInfo"), "Message"),
        };
        EventData.Read(Values.Member(whole, "EventData"), parts.Data);
        var user = Values.Member(whole, "UserData");
        if (user.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in user.EnumerateObject())
            {
                EventData.Read(member.Value, parts.Data);
            }
        }

        return parts;
    }

    private static EventParts? Winlogbeat(JsonElement document)
    {
        var winlog = Values.Member(document, "winlog");
        if (winlog.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var module = Values.Member(document, "event");
        var parts = new EventParts
        {
            Provider = Text(winlog, "provider_name") ?? Text(module, "provider"),
            Channel = Text(winlog, "channel"),
            EventId = Number(winlog, "event_id") ?? Number(module, "code"),
            Computer = Text(winlog, "computer_name") ?? Text(Values.Member(document, "host"), "name"),
            Time = Text(document, "@timestamp") ?? Text(module, "created"),
            RecordId = Text(winlog, "record_id"),
            UserSid = Text(Values.Member(winlog, "user"), "identifier"),
            Message = Text(document, "message"),
        };
        EventData.Read(Values.Member(winlog, "event_data"), parts.Data);
        EcsFields.Add(document, parts.Data);
        return parts;
    }

    // Wazuh's decoder writes Windows' names with a small first letter.
    private static EventParts? Wazuh(JsonElement document)
    {
        var win = Values.Member(document, "win");
        var system = Values.Member(win, "system");
        if (system.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var parts = new EventParts
        {
            Provider = Text(system, "providerName"),
            Channel = Text(system, "channel"),
            EventId = Number(system, "eventID"),
            Computer = Text(system, "computer"),
            Time = Text(system, "systemTime"),
            RecordId = Text(system, "eventRecordID"),
            UserSid = Text(system, "securityUserID"),
            Message = Text(system, "message"),
        };
        EventData.Read(Values.Member(win, "eventdata"), parts.Data, name => char.ToUpperInvariant(name[0]) + name[1..]);
        return parts;
    }

    // A row of Splunk (`_raw`) or of Sentinel's Event table (`EventData`) that holds the event as XML.
    private static EventParts? Rendered(JsonElement document)
    {
        if (Text(document, "_raw") is { } raw && XmlEvents.TryRead(raw) is { } inner)
        {
            return EventLog(inner);
        }

        if (Text(document, "EventData") is { } xml && xml.TrimStart().StartsWith('<') && XmlEvents.TryReadData(xml) is { } data && Flat(document) is { } parts)
        {
            parts.Data.Clear();
            EventData.Read(data, parts.Data);
            return parts;
        }

        return null;
    }

    // NXLog, Splunk's and Sentinel's tables: the system's fields and the event's own side by side.
    private static EventParts? Flat(JsonElement document)
    {
        if ((Number(document, "EventID") ?? Number(document, "EventCode") ?? Number(document, "event_id")) is not { } id)
        {
            return null;
        }

        var parts = new EventParts
        {
            Provider = First(document, "SourceName", "ProviderName", "Provider", "provider_name", "EventSourceName", "Source"),
            Channel = First(document, "Channel", "LogName", "EventLog", "channel"),
            EventId = id,
            Computer = First(document, "Computer", "ComputerName", "Hostname", "computer_name", "host"),
            Time = First(document, "TimeCreated", "SystemTime", "@timestamp", "TimeGenerated", "EventTime", "_time"),
            RecordId = First(document, "EventRecordID", "RecordNumber", "RecordId", "record_id", "EventOriginId"),
            UserSid = First(document, "UserID", "Sid"),
            Message = First(document, "Message", "message"),
        };
        if (parts.Provider is null && First(document, "source", "sourcetype") is { } source)
        {
            parts.Provider = source.Contains("Sysmon", StringComparison.OrdinalIgnoreCase) ? "Microsoft-Windows-Sysmon" : source;
        }

        if (parts.Provider is null && First(document, "Type") is "SecurityEvent")
        {
            parts.Provider = "Microsoft-Windows-Security-Auditing";
        }

        EventData.Read(Values.Member(document, "EventData"), parts.Data);
        foreach (var member in document.EnumerateObject().Where(member => member.Name.Length > 0 && char.IsAsciiLetterUpper(member.Name[0]) && !EventParts.SystemNames.Contains(member.Name)))
        {
            EventData.Add(parts.Data, member.Name, member.Value);
        }

        return parts;
    }

    private static string? First(JsonElement document, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(document, name) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Text(JsonElement document, string name) => Values.Member(document, name) switch
    {
        { ValueKind: JsonValueKind.Object } one => Text(one, "#text") ?? Text(one, "text") ?? Text(one, "Value"),
        var one => Values.Text(one),
    };

    private static int? Number(JsonElement document, string name) => int.TryParse(Text(document, name), out var number) ? number : null;

    private static string? Attribute(JsonElement system, string element, string name)
    {
        var found = Values.Member(system, element);
        return Text(found, name) ?? Text(found, "@" + name) ?? Text(Values.Member(found, "#attributes"), name) ?? Text(Values.Member(found, "$"), name)
            ?? (found.ValueKind == JsonValueKind.String ? Values.Text(found) : null);
    }
}
