using System.Text.Json;
using Responder.Engine.Alerts;

namespace Responder.Engine.Tests.Alerts;

/// <summary>Compares an alert with a third party's reading of the same record in ECS, on the fields that both have.</summary>
internal static class Oracle
{
    // Where the third party reads another thing than the field means; each was looked at by hand.
    private static readonly (string Field, string File, string Why)[] Known =
    [
        ("process.pid", "Beats/winlogbeat/", "theirs is the collector's own process (winlog.process.pid), ours the one that the event is about"),
        ("user.name", "security_event_4624", "theirs is the subject (the host's account), ours the account that signed in"),
        ("user.name", "security_event_4688", "theirs drops the dollar of a host's account"),
        ("time", "test_detection_finding_1", "theirs is when the finding was written, ours when it was first seen"),
        ("file.", "detection_summary_event1.json", "theirs is the quarantined file, ours the detected one"),
        ("file.parent_folder", "test_device_process_events", "theirs takes the whole path for the folder"),
    ];

    /// <summary>Why a disagreement is none of ours; null where it is.</summary>
    public static string? Reason(string field, string file) =>
        Known.FirstOrDefault(one => field.StartsWith(one.Field, StringComparison.Ordinal) && file.Contains(one.File, StringComparison.Ordinal)).Why;

    /// <summary>Each field that both have, with both values.</summary>
    public static IEnumerable<(string Field, string Ours, string Theirs, bool Agree)> Compare(Alert alert, JsonElement ecs)
    {
        (string, string?, string?)[] pairs =
        [
            ("time", Sdk.Json.Time(alert.Time)[..19], Text(ecs, "@timestamp") is { Length: >= 19 } time ? time[..19] : null),
            ("device.hostname", alert.Device.Hostname, Text(ecs, "host", "name") ?? Text(ecs, "host", "hostname")),
            ("device.id", alert.Device.Id, Text(ecs, "host", "id") ?? Text(ecs, "agent", "id")),
            ("user.name", alert.User.Name, Text(ecs, "user", "name")),
            ("user.domain", alert.User.Domain, Text(ecs, "user", "domain")),
            ("user.email", alert.User.Email, Text(ecs, "user", "email")),
            ("process.pid", alert.Process.Pid?.ToString(System.Globalization.CultureInfo.InvariantCulture), Text(ecs, "process", "pid")),
            ("process.image", alert.Process.Image, Text(ecs, "process", "executable")),
            ("process.cmd_line", alert.Process.CmdLine, Text(ecs, "process", "command_line")),
            ("process.parent.pid", alert.Process.Parent?.Pid?.ToString(System.Globalization.CultureInfo.InvariantCulture), Text(ecs, "process", "parent", "pid")),
            ("process.parent.image", alert.Process.Parent?.Image, Text(ecs, "process", "parent", "executable")),
            ("process.parent.cmd_line", alert.Process.Parent?.CmdLine, Text(ecs, "process", "parent", "command_line")),
            ("process.sha256", alert.Process.Sha256, Text(ecs, "process", "hash", "sha256")),
            ("file.name", alert.File.Name, Text(ecs, "file", "name")),
            ("file.path", alert.File.Path, Text(ecs, "file", "path")),
            ("file.parent_folder", alert.File.ParentFolder, Text(ecs, "file", "directory")),
            ("file.sha256", alert.File.Sha256, Text(ecs, "file", "hash", "sha256")),
        ];
        return pairs.Where(one => one.Item2 is not null && one.Item3 is not null)
            .Select(one => (one.Item1, one.Item2!, one.Item3!, Same(one.Item1, one.Item2!, one.Item3!)));
    }

    // A host by its short and its full name is one; a command line with and without the program's quotes too.
    private static bool Same(string field, string ours, string theirs)
    {
        (ours, theirs) = (ours.Trim().TrimEnd('\\'), theirs.Trim().TrimEnd('\\'));
        if (field == "device.hostname" && (!ours.Contains('.', StringComparison.Ordinal) || !theirs.Contains('.', StringComparison.Ordinal)))
        {
            (ours, theirs) = (ours.Split('.')[0], theirs.Split('.')[0]);
        }

        return string.Equals(ours, theirs, StringComparison.OrdinalIgnoreCase)
            || (field.EndsWith("cmd_line", StringComparison.Ordinal) && string.Equals(ours.Replace("\"", string.Empty, StringComparison.Ordinal), theirs.Replace("\"", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal));
    }

    private static string? Text(JsonElement ecs, params string[] path)
    {
        foreach (var name in path)
        {
            if (ecs.ValueKind != JsonValueKind.Object || !ecs.TryGetProperty(name, out ecs))
            {
                return null;
            }
        }

        return ecs.ValueKind switch { JsonValueKind.String => ecs.GetString() is { Length: > 0 } text and not "-" ? text : null, JsonValueKind.Number => ecs.GetRawText(), _ => null };
    }
}
