using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>What a host does with a command: Falcon's own, and our scripts, known by the hash of their body, played over the estate's files and processes.</summary>
internal sealed partial class HostShell(EmulatorSite site, HttpContext http)
{
    private static readonly Dictionary<string, string> Known = ((string[])["folder", "file", "process"]).ToDictionary(name => ScriptText.Mark(ScriptText.Body(name, windows: true)));

    /// <summary>What it printed; null where the command is not valid for the role.</summary>
    public Printed? Run(Host host, string role, string name, string text) => (role, name) switch
    {
        ("admin-command", "runscript") when Raw().Match(text) is { Success: true } raw => Script(host, raw.Groups[1].Value),
        (not "command", "runscript") when CloudFile().Match(text) is { Success: true } cloud => cloud.Groups[1].Value == "hello"
            ? new Printed($"hello {Arguments().Match(text).Groups[1].Value}\n") : null,
        (_, "ls") when Quoted(text) is { } path => List(host, path),
        (not "command", "get") when Quoted(text) is { } path => Get(host, path),
        (not "command", "rm") when Quoted(text) is { } path => Remove(host, path, text.Contains("-Force", StringComparison.OrdinalIgnoreCase)),
        _ => null,
    };

    private Printed? Script(Host host, string script)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = script;
        for (var line = Header().Match(rest); line.Success; line = Header().Match(rest))
        {
            if (line.Groups[1].Success)
            {
                values[line.Groups[1].Value] = Encoding.UTF8.GetString(Convert.FromBase64String(line.Groups[2].Value));
            }

            rest = rest[line.Length..];
        }

        return !Known.TryGetValue(ScriptText.Mark(rest), out var known)
            ? new Printed(string.Empty, "The emulator runs no PowerShell; it plays this connector's own scripts.")
            : new Printed(new ScriptPlay(site, http).Play(known, host.Id, values));
    }

    private Printed List(Host host, string path) => Look(host, path) is not { } found ? new Printed(string.Empty, $"Check your filename. Couldn't find '{path}'")
        : new Printed($"Directory listing for {found}\n\nName Type Size (bytes)\n" + string.Concat(site.Estate.Read(_ => host.Files.List(found, false).Select(file => $"{file.Name} {file.Extension} {file.Size}\n").ToList())));

    private Printed Get(Host host, string path)
    {
        var file = site.Estate.Read(_ => Resolved(host, path) is { } real ? host.Files.Find(real) : null);
        if (file is null)
        {
            return new Printed(string.Empty, $"Check your filename. Couldn't find '{path}'");
        }

        site.Estate.Do(EmulatorSite.By(http, "edr.collect_file", $"{host.Hostname}:{file.Path}"), _ => new FileFetched(host.Id, file.Path, file.Sha256));
        return new Printed(file.Path, File: file);
    }

    private Printed Remove(Host host, string path, bool force)
    {
        if (Look(host, path) is not { } folder)
        {
            return new Printed(string.Empty, $"Check your filename. Couldn't find '{path}'");
        }

        if (!force)
        {
            return new Printed(string.Empty, $"'{path}' is a directory; use -Force");
        }

        var files = site.Estate.Read(_ => host.Files.List(folder, recurse: true));
        site.Estate.Do(EmulatorSite.By(http, "edr.delete_folder", $"{host.Hostname}:{folder}"), _ => new FolderGone(host.Id, folder, files.Count, files.Sum(file => file.Size)));
        return new Printed(string.Empty);
    }

    private string? Look(Host host, string path) => site.Estate.Read(_ => Resolved(host, path) is { } real && host.Files.FolderExists(real) ? real : null);

    private static string? Resolved(Host host, string path)
    {
        try
        {
            return host.Files.Resolve(path).Path;
        }
        catch (ActionFailure)
        {
            return null;
        }
    }

    private static string? Quoted(string text) => Path().Match(text) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex("^runscript -Raw=```(.*)``` -Timeout=\\d+$", RegexOptions.Singleline)]
    private static partial Regex Raw();

    [GeneratedRegex("^runscript -CloudFile=[\"']([^\"']+)[\"']")]
    private static partial Regex CloudFile();

    [GeneratedRegex("-CommandLine=```(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Arguments();

    [GeneratedRegex(@"\A(?:# responder-key [0-9a-f]+\n|\$([a-z_]+)='([A-Za-z0-9+/=]*)'\n)")]
    private static partial Regex Header();

    [GeneratedRegex("^[a-z]+ [\"']([^\"']+)[\"']")]
    private static partial Regex Path();
}
