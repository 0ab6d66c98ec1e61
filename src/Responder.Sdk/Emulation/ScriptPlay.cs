using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Estate;

namespace Responder.Sdk.Emulation;

/// <summary>Plays folder.ps1, file.ps1 and process.ps1 over the estate: the same lines, the same refusals, in one turn of the estate as a script is on a host.</summary>
/// <param name="estate">The made-up company.</param>
/// <param name="by">Who does an effect: of an action, on a target.</param>
public sealed partial class ScriptPlay(MockEstate estate, Func<string, string, EffectBy> by)
{
    private static readonly Dictionary<string, string> Known = ScriptText.Names.ToDictionary(name => ScriptText.Mark(ScriptText.Body(name, windows: true)));

    /// <summary>The script of a body; null where it is none of ours.</summary>
    /// <param name="body">The body, to the letter.</param>
    public static string? NameOf(string body) => Known.GetValueOrDefault(ScriptText.Mark(body));

    /// <summary>The values of arguments as <see cref="ScriptText.Whole"/> and <see cref="ScriptText.Argument"/> write them.</summary>
    /// <param name="arguments">The text after the script.</param>
    public static IReadOnlyDictionary<string, string> Values(string arguments) =>
        Given().Matches(arguments).ToDictionary(one => one.Groups[1].Value, one => Encoding.UTF8.GetString(Convert.FromBase64String(one.Groups[2].Value)), StringComparer.Ordinal);

    /// <summary>What a script prints.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="host">The host's id.</param>
    /// <param name="values">Its values.</param>
    public string Play(string script, string host, IReadOnlyDictionary<string, string> values) => script switch
    {
        "folder" => Folder(host, values["mode"], values["path"], values["digest"], values["deep"] == "yes"),
        "file" => OneFile(host, values["mode"], values["path"], values["digest"]),
        _ => Process(host, values),
    };

    private string Folder(string id, string mode, string path, string digest, bool deep)
    {
        var printed = new StringBuilder();
        var hostname = estate.Read(company => company.Host(id).Hostname);
        estate.Do(by("edr.delete_folder", $"{hostname}:{Real(id, path)}"), company =>
        {
            var host = company.Host(id);
            var resolved = host.Files.Resolve(path);
            if (!host.Files.FolderExists(resolved.Path))
            {
                printed.Append(CultureInfo.InvariantCulture, $"path\t{B64(resolved.Path)}\n").Append(Links(resolved.ReparsePoints)).Append(host.Files.Find(resolved.Path) is null ? "end\tabsent\t0\t0\n" : "end\tfile\t0\t0\n");
                return null;
            }

            IReadOnlyList<string> links = [.. resolved.ReparsePoints, .. host.Files.LinksBelow(resolved.Path)];
            var files = host.Files.List(resolved.Path, deep);
            var lines = files.Select(file => Line(file, resolved.Path)).Order(StringComparer.Ordinal).ToList();
            printed.Append(CultureInfo.InvariantCulture, $"path\t{B64(resolved.Path)}\n").Append(Links(links));
            var (count, bytes) = (files.Count, files.Sum(file => file.Size));
            if (mode == "look")
            {
                printed.AppendJoin(string.Empty, lines).Append(CultureInfo.InvariantCulture, $"end\tok\t{count}\t{bytes}\n");
                return null;
            }

            if (links.Count > 0)
            {
                printed.Append("end\tlinks\t0\t0\n");
                return null;
            }

            if (Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))) != digest)
            {
                printed.Append("end\tchanged\t0\t0\n");
                return null;
            }

            printed.Append(CultureInfo.InvariantCulture, $"end\tgone\t{count}\t{bytes}\n");
            return new FolderGone(id, resolved.Path, count, bytes);
        });
        return printed.ToString();
    }

    private string OneFile(string id, string mode, string path, string digest)
    {
        var printed = string.Empty;
        var hostname = estate.Read(company => company.Host(id).Hostname);
        estate.Do(by("edr.delete_file", $"{hostname}:{Real(id, path)}"), company =>
        {
            var host = company.Host(id);
            var resolved = host.Files.Resolve(path);
            var file = host.Files.Find(resolved.Path);
            printed = $"path\t{B64(resolved.Path)}\n{Links(resolved.ReparsePoints)}" + (file switch
            {
                null => host.Files.FolderExists(resolved.Path) ? "end\tfolder\t0\t-\n" : "end\tabsent\t0\t-\n",
                _ when resolved.ReparsePoints.Count > 0 => "end\tlinks\t0\t-\n",
                _ when mode == "look" => End("ok", file),
                _ when file.Sha256 != digest => End("changed", file),
                _ => End("gone", file),
            });
            return mode != "look" && file is not null && resolved.ReparsePoints.Count == 0 && file.Sha256 == digest ? new FileGone(id, file.Path, file.Size) : null;
        });
        return printed;
    }

    private string Process(string id, IReadOnlyDictionary<string, string> values)
    {
        if (values["mode"] == "look")
        {
            return estate.Read(company => string.Concat(company.Host(id).Processes.Where(one => one.Value.EndedAt is null).Select(one => Line(one.Key, one.Value)))) + "end\tok\n";
        }

        var (printed, pid) = (string.Empty, long.Parse(values["pid_"], CultureInfo.InvariantCulture));
        var hostname = estate.Read(company => company.Host(id).Hostname);
        estate.Do(by("edr.kill_process", $"{hostname}/{pid}"), company =>
        {
            if (!company.Host(id).Processes.TryGetValue(pid, out var process) || process.EndedAt is not null)
            {
                printed = "end\tabsent\n";
                return null;
            }

            var meant = Images.Same(process.Image, values["image"])
                && (values["start"] == "-" || process.StartedAt is not { } began || Math.Abs(began.ToUnixTimeMilliseconds() - long.Parse(values["start"], CultureInfo.InvariantCulture)) < 1000);
            printed = Line(pid, process) + (meant ? "end\tgone\n" : "end\tother\n");
            return meant ? new ProcessEnded(id, pid) : null;
        });
        return printed;
    }

    private string Real(string id, string path) => estate.Read(company => company.Host(id).Files.Resolve(path).Path);

    private static string Line(HostFile file, string below) => string.Create(
        CultureInfo.InvariantCulture, $"file\t{B64(file.Path[(below.TrimEnd('\\').Length + 1)..])}\t{file.Size}\t{Ms(file.CreatedAt)}\t{Ms(file.ModifiedAt)}\t{file.Sha256}\n");

    private static string Line(long pid, HostProcess process) => string.Create(
        CultureInfo.InvariantCulture, $"proc\t{pid}\t{process.Parent ?? 0}\t{B64(process.Image)}\t{B64(process.CmdLine ?? string.Empty)}\t{B64(process.User ?? string.Empty)}\t{Ms(process.StartedAt)}\n");

    private static string End(string word, HostFile file) => string.Create(CultureInfo.InvariantCulture, $"end\t{word}\t{file.Size}\t{file.Sha256}\n");

    private static string Links(IReadOnlyList<string> links) => string.Concat(links.Select(link => $"link\t{B64(link)}\n"));

    private static string B64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Ms(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "-";

    [GeneratedRegex("-([a-z_]+) '?([A-Za-z0-9+/=]+)'?")]
    private static partial Regex Given();
}
