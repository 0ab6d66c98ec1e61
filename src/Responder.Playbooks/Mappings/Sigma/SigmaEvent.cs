using System.Text.Json;

namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>A Windows event as Sigma's rules name its fields.</summary>
public sealed class SigmaEvent
{
    private const string Security = "Microsoft-Windows-Security-Auditing";
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the fields of an event in the one form that mappings see.</summary>
    /// <param name="event">With <c>provider</c>, <c>channel</c>, <c>event_id</c>, <c>computer</c>, <c>data</c>.</param>
    public SigmaEvent(JsonElement @event)
    {
        Provider = Text(@event, "provider") ?? string.Empty;
        Channel = Text(@event, "channel") ?? string.Empty;
        EventId = @event.TryGetProperty("event_id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) ? number : 0;
        if (@event.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in data.EnumerateObject())
            {
                _fields[member.Name] = member.Value.ToString();
            }
        }

        // Sigma's process_creation has Sysmon's names for both of its sources.
        if (Provider == Security && EventId == 4688)
        {
            Copy("NewProcessName", "Image");
            Copy("ParentProcessName", "ParentImage");
            Copy("SubjectUserName", "User");
        }

        // Sysmon's hashes are one field in the event and one each in rules.
        foreach (var pair in (_fields.GetValueOrDefault("Hashes") ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var cut)
            {
                _fields.TryAdd(pair[..cut].Trim(), pair[(cut + 1)..].Trim());
            }
        }

        _fields.TryAdd("EventID", EventId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _fields.TryAdd("Provider_Name", Provider);
        _fields.TryAdd("Channel", Channel);
        _fields.TryAdd("Computer", Text(@event, "computer") ?? string.Empty);
    }

    /// <summary>Who wrote it.</summary>
    public string Provider { get; }

    /// <summary>The log it is in.</summary>
    public string Channel { get; }

    /// <summary>Its number.</summary>
    public int EventId { get; }

    /// <summary>The values of all fields, for keywords.</summary>
    public IEnumerable<string> Values => _fields.Values;

    /// <summary>A field's value; null where there is none.</summary>
    /// <param name="name">Its name, in any case.</param>
    public string? Field(string name) => _fields.GetValueOrDefault(name);

    private void Copy(string from, string to)
    {
        if (_fields.TryGetValue(from, out var value))
        {
            _fields.TryAdd(to, value);
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
