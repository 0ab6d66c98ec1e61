using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>What a script of ours printed: lines of fields between tabs, names in base64.</summary>
/// <param name="Path">The path as the host resolved it.</param>
/// <param name="End">Its last word: <c>ok</c>, <c>gone</c>, <c>left</c>, <c>absent</c>, <c>file</c>, <c>folder</c>, <c>links</c>, <c>changed</c>, <c>other</c>.</param>
/// <param name="Number">Files that were found or went; of one file, its size.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Hash">One file's SHA-256.</param>
/// <param name="Links">Reparse points in the path and below it.</param>
/// <param name="Left">Files that stayed.</param>
/// <param name="Files">The files of a folder.</param>
/// <param name="Digest">Of their lines, as the script computes it.</param>
/// <param name="Processes">Processes.</param>
public sealed record ScriptOutput(
    string Path, string End, long Number, long Bytes, string? Hash, IReadOnlyList<string> Links, IReadOnlyList<string> Left, IReadOnlyList<FileEntry> Files, string Digest, IReadOnlyList<ProcessInfo> Processes)
{
    /// <summary>Reads it.</summary>
    /// <param name="printed">Standard output.</param>
    /// <param name="errors">Standard error, for people.</param>
    /// <param name="host">The host that it ran on.</param>
    /// <exception cref="ActionFailure">Transient, where its last line is missing.</exception>
    public static ScriptOutput Read(string printed, string errors, ScriptHost host)
    {
        ArgumentNullException.ThrowIfNull(printed);
        ArgumentNullException.ThrowIfNull(errors);
        ArgumentNullException.ThrowIfNull(host);
        var (path, links, left) = (string.Empty, new List<string>(), new List<string>());
        var (files, processes, listed) = (new List<FileEntry>(), new List<ProcessInfo>(), new StringBuilder());
        foreach (var line in printed.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            var field = line.Split('\t');
            switch (field)
            {
                case ["path", var text]:
                    path = Text(text);
                    break;
                case ["link", var text]:
                    links.Add(Text(text));
                    break;
                case ["left", var text]:
                    left.Add(Text(text));
                    break;
                case ["file", var name, var size, var created, var modified, var hash]:
                    listed.Append(line).Append('\n');
                    files.Add(new FileEntry(Text(name), Whole(size), At(created), At(modified), hash == "-" ? null : hash));
                    break;
                case ["proc", var pid, var parent, var image, var command, var user, var start]:
                    processes.Add(new ProcessInfo(Whole(pid), Text(image), OrNull(Text(command)), OrNull(Text(user)), At(start), null, null, Whole(parent)));
                    break;
                case ["end", var word, .. var rest]:
                    var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listed.ToString())));
                    return word is "ok" or "gone" or "left" && rest is [var first, var second] && long.TryParse(second, CultureInfo.InvariantCulture, out var bytes)
                        ? new ScriptOutput(path, word, Whole(first), bytes, null, links, left, files, digest, processes)
                        : new ScriptOutput(path, word, rest.Length > 0 ? Whole(rest[0]) : 0, rest.Length > 0 ? Whole(rest[0]) : 0, rest.Length > 1 ? rest[1] : null, links, left, files, digest, processes);
            }
        }

        throw new ActionFailure(FailureKind.Transient, $"The script on {host.Hostname} ended without its last line{(errors.Length > 0 ? $": {errors[..Math.Min(300, errors.Length)]}" : string.Empty)}.") { Code = "script" };
    }

    private static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static long Whole(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTimeOffset? At(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
