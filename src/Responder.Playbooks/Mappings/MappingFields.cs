namespace Responder.Playbooks.Mappings;

/// <summary>The fields of the normal form that a mapping may fill.</summary>
internal static class MappingFields
{
    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        "source_id", "update_mark", "title", "summary", "url", "time", "severity", "severity_score", "attack",
        "device.hostname", "device.id", "device.ip", "device.os", "devices",
        "user.email", "user.name", "user.sid", "user.domain", "users",
        "process", "process.pid", "process.image", "process.cmd_line", "process.sha256",
        "process.parent.pid", "process.parent.image", "process.parent.cmd_line", "process.parent.sha256",
        "file.path", "file.name", "file.parent_folder", "file.sha256", "file.size", "files",
        "counts.files", "counts.bytes", "counts.events", "indicators",
    };
}
