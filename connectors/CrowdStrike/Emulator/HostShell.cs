using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>What a host does with a command: Falcon's own, and our scripts, known by the hash of their body, played over the estate's files and processes.</summary>
internal sealed partial class HostShell(EmulatorSite site, HttpContext http, IReadOnlySet<string> unlisted)
{
    /// <summary>What it printed; null where the command is not valid for the role.</summary>
    public Printed? Run(Host host, string role, string name, string text) => (role, name) switch
    {
        ("admin-command", "runscript") when Raw().Match(text) is { Success: true } raw => Script(host, raw.Groups[1].Value),
        (not "command", "runscript") when CloudFile().Match(text) is { Success: true } cloud => Stored(host, cloud.Groups[1].Value, Arguments().Match(text).Groups[1].Value),
        (_, "ls") when Quoted(text) is { } path => List(host, path),
        (_, "filehash") when Quoted(text) is { } path => Hash(host, path),
        (not "command", "get") when Quoted(text) is { } path => Get(host, path),
        (not "command", "rm") when Quoted(text) is { } path => Remove(host, path, text.Contains("-Force", StringComparison.OrdinalIgnoreCase)),
        _ => null,
    };

    private Printed Script(Host host, string script) =>
        Ours().Match(script) is { Success: true } ours && ScriptPlay.NameOf(ours.Groups[1].Value) is { } name
            ? new Printed(new ScriptPlay(site.Estate, (action, target) => EmulatorSite.By(http, action, target)).Play(name, host.Id, ScriptPlay.Values(ours.Groups[2].Value)))
            : new Printed(string.Empty, "The emulator runs no PowerShell; it plays this connector's own scripts.");

    /// <summary>The one script that the emulated cloud stores.</summary>
    private Printed? Stored(Host host, string script, string arguments)
    {
        if (script != "hello")
        {
            return null;
        }

        site.Estate.Do(EmulatorSite.By(http, "crowdstrike.run_script", $"{host.Hostname}:{script}"), _ => new RestCalled("RunScript", script, 0));
        return new Printed($"hello {arguments}\n");
    }

    private Printed List(Host host, string path)
    {
        if (Look(host, path) is not { } found)
        {
            return new Printed(string.Empty, $"Check your filename. Couldn't find '{path}'");
        }

        if (unlisted.Contains(found))
        {
            return new Printed(string.Empty, $"Access to the path '{found}' is denied.");
        }

        var rows = site.Estate.Read(_ => host.Files.FoldersIn(found).Select(name => Row(name, "<Directory>", "--", "--", null))
            .Concat(host.Files.List(found, false).Select(file => Row(file.Name, file.Extension, Text(file.Size), Text(Math.Round(file.Size / 1048576m, 2)), file))).ToList());
        return new Printed($"Directory listing for {found} -\n\n{Row("Name", "Type", "Size (bytes)", "Size (MB)", null)}{Row("----", "----", "------------", "---------", null)}{string.Concat(rows)}");
    }

    private static string Row(string name, string type, string size, string megabytes, HostFile? file) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-40} {type,-12} {size,-15} {megabytes,-15} {Day(file?.ModifiedAt),-25} {Day(file?.CreatedAt),-25}\n");

    private static string Day(DateTimeOffset? at) => (at ?? DateTimeOffset.UnixEpoch).ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture);

    private static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private Printed Get(Host host, string path)
    {
        if (FileAt(host, path) is not { } file)
        {
            return new Printed(string.Empty, $"Check your filename. Couldn't find '{path}'");
        }

        site.Estate.Do(EmulatorSite.By(http, "edr.collect_file", $"{host.Hostname}:{file.Path}"), _ => new FileFetched(host.Id, file.Path, file.Sha256));
        return new Printed(file.Path, File: file);
    }

    private Printed Hash(Host host, string path) => FileAt(host, path) is { } file
        ? new Printed($"Algorithm Hash\n--------- ----\nSHA256    {file.Sha256.ToUpperInvariant()}\nPath      {file.Path}\n") : new Printed(string.Empty, $"Check your filename. Couldn't find '{path}'");

    private HostFile? FileAt(Host host, string path) => site.Estate.Read(_ => Resolved(host, path) is { } real ? host.Files.Find(real) : null);

    private Printed Remove(Host host, string path, bool force)
    {
        if (FileAt(host, path) is { } file)
        {
            site.Estate.Do(EmulatorSite.By(http, "edr.delete_file", $"{host.Hostname}:{file.Path}"), _ => new FileGone(host.Id, file.Path, file.Size));
            return new Printed(string.Empty);
        }

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

    [GeneratedRegex("\\A# responder-key [0-9a-f]+\n& \\{\n(.*\n)\\} ([^\n]*)\n\\z", RegexOptions.Singleline)]
    private static partial Regex Ours();

    [GeneratedRegex("^[a-z]+ [\"']([^\"']+)[\"']")]
    private static partial Regex Path();
}
