using Responder.Engine.Alerts;

namespace Responder.Engine.Matching;

/// <summary>The text fields of an alert by the path that expressions give them, read without making JSON of it.</summary>
internal static class AlertText
{
    private static readonly Dictionary<string, Func<Alert, string?>> Fields = new(StringComparer.Ordinal)
    {
        ["source"] = alert => alert.Source,
        ["source_id"] = alert => alert.SourceId,
        ["severity"] = alert => AlertJson.Name(alert.Severity),
        ["title"] = alert => alert.Title,
        ["summary"] = alert => alert.Summary,
        ["url"] = alert => alert.Url,
        ["device.hostname"] = alert => alert.Device.Hostname,
        ["device.id"] = alert => alert.Device.Id,
        ["device.ip"] = alert => alert.Device.Ip,
        ["device.os"] = alert => alert.Device.Os,
        ["user.email"] = alert => alert.User.Email,
        ["user.name"] = alert => alert.User.Name,
        ["user.sid"] = alert => alert.User.Sid,
        ["user.domain"] = alert => alert.User.Domain,
        ["process.image"] = alert => alert.Process.Image,
        ["process.cmd_line"] = alert => alert.Process.CmdLine,
        ["process.sha256"] = alert => alert.Process.Sha256,
        ["process.parent.image"] = alert => alert.Process.Parent?.Image,
        ["process.parent.cmd_line"] = alert => alert.Process.Parent?.CmdLine,
        ["file.path"] = alert => alert.File.Path,
        ["file.name"] = alert => alert.File.Name,
        ["file.parent_folder"] = alert => alert.File.ParentFolder,
        ["file.sha256"] = alert => alert.File.Sha256,
    };

    /// <summary>Reads a field; null where the path is of none that is text.</summary>
    /// <param name="path"><c>process.image</c>.</param>
    public static Func<Alert, string?>? Of(string? path) => path is null ? null : Fields.GetValueOrDefault(path);
}
