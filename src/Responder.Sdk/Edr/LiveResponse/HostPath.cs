namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>A path's text before it goes to a host; the host has the last word.</summary>
public static class HostPath
{
    /// <summary>A drive path on Windows, a path from the root elsewhere; nothing cleverer.</summary>
    /// <param name="host">The host that it is on.</param>
    /// <param name="path">The path's text.</param>
    /// <param name="shortNames">True where names such as <c>ALEXCH~1</c> may stand, because nothing is deleted.</param>
    /// <exception cref="ActionFailure">Invalid.</exception>
    public static string Normal(ScriptHost host, string path, bool shortNames = false)
    {
        if (host.IsWindows)
        {
            return WindowsPath.Normal(path, shortNames);
        }

        var text = path.Length > 1 ? path.TrimEnd('/') : path;
        return text.StartsWith('/') && !text.Any(char.IsControl) && text[1..].Split('/').All(part => part is not ("" or "." or "..")) ? text
            : throw new ActionFailure(FailureKind.Invalid, $"'{path}' is not a path in normal form from the root. Give a path such as /srv/folder.");
    }

    /// <summary>As <see cref="Normal"/>, and never a whole disk.</summary>
    /// <param name="host">The host that it is on.</param>
    /// <param name="path">The path's text.</param>
    /// <exception cref="ActionFailure">Invalid.</exception>
    public static string Deletable(ScriptHost host, string path)
    {
        var text = Normal(host, path);
        return host.IsWindows ? text.Length > 3 ? text : throw Whole(text)
            : text.Count(letter => letter == '/') >= 2 ? text : throw Whole(text);
    }

    /// <summary>Refuses where a link is in the path or below it.</summary>
    /// <param name="host">The host.</param>
    /// <param name="path">The path that was asked for.</param>
    /// <param name="links">Those that the host found.</param>
    /// <exception cref="ActionFailure">Conflict.</exception>
    public static void RefuseLinks(ScriptHost host, string path, IReadOnlyList<string> links)
    {
        if (links.Count > 0)
        {
            throw new ActionFailure(
                FailureKind.Conflict, $"{path} on {host.Hostname} leads through or holds the reparse point {links[0]}. Nothing was deleted: name the real folder, or remove the link first.");
        }
    }

    private static ActionFailure Whole(string text) => new(FailureKind.Invalid, $"'{text}' is a whole disk or lies right at its root. It is not deleted.");
}
