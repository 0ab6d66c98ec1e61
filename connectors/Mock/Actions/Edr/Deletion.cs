using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>What must hold on the host before something there is deleted for good.</summary>
internal static class Deletion
{
    /// <summary>The real path, as the host resolves it in the same call that deletes.</summary>
    /// <exception cref="ActionFailure">The text is no plain drive path; it is a drive; a reparse point is in it.</exception>
    public static string Resolve(Host host, string path)
    {
        host.MustBeOnline();
        var text = WindowsPath.Normal(path);
        if (text.Length <= 3)
        {
            throw new ActionFailure(FailureKind.Invalid, $"'{text}' is a whole drive. It is not deleted.");
        }

        var resolved = host.Files.Resolve(text);
        return resolved.ReparsePoints.Count > 0
            ? throw new ActionFailure(
                FailureKind.Conflict, $"{text} on {host.Hostname} leads through the reparse point {resolved.ReparsePoints[0]} to {resolved.Path}. Nothing was deleted: name the real folder, so that people approve it.")
            : resolved.Path;
    }

    /// <summary>Refuses where a reparse point lies below the folder.</summary>
    public static void RefuseLinks(Host host, string folder)
    {
        if (host.Files.LinksBelow(folder) is [var link, ..])
        {
            throw new ActionFailure(
                FailureKind.Conflict, $"{folder} on {host.Hostname} holds the reparse point {link}, which leads to {host.Links[link].Target}. Nothing was deleted: remove the link first.");
        }
    }
}
