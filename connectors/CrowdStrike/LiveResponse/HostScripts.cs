using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>Runs our scripts in a session and reads what they print.</summary>
internal sealed class HostScripts(CrowdStrikeSettings settings, RtrDesk desk, FalconClient falcon, TimeProvider time)
{
    private const string Look = "look";

    /// <summary>What is in a folder now.</summary>
    public Task<ScriptOutput> FolderAsync(RtrSession session, string path, bool deep, string key, CancellationToken cancel) => LookAsync(
        session, Command("folder", session.Device, key, ("mode", Look), ("path", path), ("digest", "-"), ("deep", deep ? "yes" : "no")), cancel);

    /// <summary>Deletes a folder that is still as it was listed.</summary>
    public Task<ScriptOutput> DeleteFolderAsync(RtrSession session, string path, string digest, ActionContext context) => ActAsync(
        session, Command("folder", session.Device, context.IdempotencyKey, ("mode", "delete"), ("path", path), ("digest", digest), ("deep", "yes")), context);

    /// <summary>What one file is now.</summary>
    public Task<ScriptOutput> FileAsync(RtrSession session, string path, string key, CancellationToken cancel) => LookAsync(
        session, Command("file", session.Device, key, ("mode", Look), ("path", path), ("digest", "-")), cancel);

    /// <summary>Deletes a file with the hash that was seen.</summary>
    public Task<ScriptOutput> DeleteFileAsync(RtrSession session, string path, string sha256, ActionContext context) => ActAsync(
        session, Command("file", session.Device, context.IdempotencyKey, ("mode", "delete"), ("path", path), ("digest", sha256)), context);

    /// <summary>What runs on a host.</summary>
    public async Task<IReadOnlyList<ProcessInfo>> ProcessesAsync(RtrSession session, string key, CancellationToken cancel) =>
        (await LookAsync(session, Command("process", session.Device, key, ("mode", Look)), cancel)).Processes;

    /// <summary>Ends a process that is still the one meant.</summary>
    public Task<ScriptOutput> KillAsync(RtrSession session, KillProcess action, ActionContext context) => ActAsync(
        session,
        Command(
            "process", session.Device, context.IdempotencyKey, ("mode", "kill"), ("pid_", action.Pid.ToString(CultureInfo.InvariantCulture)), ("image", action.Image),
            ("start", action.StartedAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "-")),
        context);

    /// <summary>What our script of a step printed, if Falcon remembers that it was sent; null where it was not.</summary>
    /// <param name="device">The host.</param>
    /// <param name="holds">A part of the script's text that only it has: the step's key.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<ScriptOutput?> RememberedAsync(FalconDevice device, Func<string, bool> holds, CancellationToken cancel)
    {
        foreach (var line in await desk.LogAsync(device.DeviceId!, cancel))
        {
            if (line is { BaseCommand: "runscript", CommandString: { } text, CloudRequestId: { } request } && holds(text))
            {
                return ScriptOutput.Read(await RtrSession.OutputAsync(falcon, time, device, RtrRole.AdminCommand, request, cancel), device);
            }
        }

        return null;
    }

    /// <summary>True for the text of an acting script of a step.</summary>
    public static Func<string, bool> ActOf(string key, string mode) => text =>
        text.Contains(ScriptText.KeyLine(key), StringComparison.Ordinal) && text.Contains($"mode='{Convert.ToBase64String(Encoding.UTF8.GetBytes(mode))}'", StringComparison.Ordinal);

    private static async Task<ScriptOutput> LookAsync(RtrSession session, string command, CancellationToken cancel) =>
        ScriptOutput.Read(await session.LookAsync(RtrRole.AdminCommand, "runscript", command, cancel), session.Device);

    private static async Task<ScriptOutput> ActAsync(RtrSession session, string command, ActionContext context)
    {
        var output = await session.ActAsync(RtrRole.AdminCommand, "runscript", command, context);
        try
        {
            return ScriptOutput.Read(output, session.Device);
        }
        catch (ActionFailure failure)
        {
            throw new ActionFailure(FailureKind.Unknown, failure.Message, failure) { Code = failure.Code };
        }
    }

    private string Command(string name, FalconDevice device, string key, params (string Name, string Value)[] values) => !settings.Scripts
        ? throw new ActionFailure(FailureKind.Forbidden, $"Scripts are off for this connection, and {device.Hostname} can't be looked at safely without. Set Scripts to true and give the API client 'Real time response (admin): write'.")
        : name == "process" && !device.IsWindows ? throw new ActionFailure(FailureKind.Invalid, $"{device.Hostname} runs {device.PlatformName}; processes are looked at on Windows only.")
        : ScriptText.Command(name, device.IsWindows, key, values);
}

/// <summary>What a script of ours printed: lines of fields between tabs, names in base64.</summary>
internal sealed record ScriptOutput(string Path, string End, long Number, long Bytes, string? Hash, IReadOnlyList<string> Links, IReadOnlyList<string> Left, IReadOnlyList<FileEntry> Files, string Digest, IReadOnlyList<ProcessInfo> Processes)
{
    public static ScriptOutput Read(RtrOutput output, FalconDevice device)
    {
        var (path, links, left) = (string.Empty, new List<string>(), new List<string>());
        var (files, processes, listed) = (new List<FileEntry>(), new List<ProcessInfo>(), new StringBuilder());
        foreach (var line in output.Stdout.Split('\n').Select(line => line.TrimEnd('\r')))
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

        throw new ActionFailure(FailureKind.Transient, $"The script on {device.Hostname} ended without its last line{(output.Stderr.Length > 0 ? $": {output.Stderr[..Math.Min(300, output.Stderr.Length)]}" : string.Empty)}.") { Code = "script" };
    }

    private static string Text(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static long Whole(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateTimeOffset? At(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
