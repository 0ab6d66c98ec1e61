namespace Responder.Playbooks.Expressions;

/// <summary><c>basename</c>, <c>dirname</c>, of Windows and POSIX paths wherever this program runs. A path that begins with <c>/</c> is POSIX: a backslash is part of its names.</summary>
internal static class PathHelpers
{
    public static string BaseName(string path)
    {
        var whole = path[Root(path)..].TrimEnd(Separators(path));
        return whole[(whole.LastIndexOfAny(Separators(path)) + 1)..];
    }

    /// <summary>The folder: <c>C:\a\b</c> of <c>C:\a\b\c.txt</c>; the root of a file in it and of itself; empty text where no folder is named.</summary>
    public static string DirName(string path)
    {
        var separators = Separators(path);
        var root = Root(path);
        var whole = path[root..].TrimEnd(separators);
        var last = whole.LastIndexOfAny(separators);
        return path[..root] + (last < 0 ? string.Empty : whole[..last].TrimEnd(separators));
    }

    private static char[] Separators(string path) => path.StartsWith('/') ? ['/'] : ['\\', '/'];

    // How much of it is the root: C:\, C:, \\server\share\, /.
    private static int Root(string path)
    {
        if (path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            var server = path.IndexOfAny(['\\', '/'], 2);
            var share = server < 0 ? -1 : path.IndexOfAny(['\\', '/'], server + 1);
            return share < 0 ? path.Length : share + 1;
        }

        if (path.Length >= 2 && char.IsAsciiLetter(path[0]) && path[1] == ':')
        {
            return path.Length > 2 && path[2] is '\\' or '/' ? 3 : 2;
        }

        return path.Length > 0 && path[0] is '/' or '\\' ? 1 : 0;
    }
}
