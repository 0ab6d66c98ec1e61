using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>A path's text before it goes to a host; the host has the last word.</summary>
internal static class HostPath
{
    /// <summary>A drive path on Windows, a path from the root elsewhere; nothing cleverer.</summary>
    public static string Normal(FalconDevice device, string path, bool shortNames = false)
    {
        if (device.IsWindows)
        {
            return WindowsPath.Normal(path, shortNames);
        }

        var text = path.Length > 1 ? path.TrimEnd('/') : path;
        return text.StartsWith('/') && !text.Any(char.IsControl) && text[1..].Split('/').All(part => part is not ("" or "." or "..")) ? text
            : throw new ActionFailure(FailureKind.Invalid, $"'{path}' is not a path in normal form from the root. Give a path such as /srv/folder.");
    }

    /// <summary>As <see cref="Normal"/>, and never a whole disk.</summary>
    public static string Deletable(FalconDevice device, string path)
    {
        var text = Normal(device, path);
        return device.IsWindows ? text.Length > 3 ? text : throw Whole(text)
            : text.Count(letter => letter == '/') >= 2 ? text : throw Whole(text);
    }

    /// <summary>Refuses where a link is in the path or below it.</summary>
    public static void RefuseLinks(FalconDevice device, string path, IReadOnlyList<string> links)
    {
        if (links.Count > 0)
        {
            throw new ActionFailure(
                FailureKind.Conflict, $"{path} on {device.Hostname} leads through or holds the reparse point {links[0]}. Nothing was deleted: name the real folder, or remove the link first.");
        }
    }

    private static ActionFailure Whole(string text) => new(FailureKind.Invalid, $"'{text}' is a whole disk or lies right at its root. It is not deleted.");
}
