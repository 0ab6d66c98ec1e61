using System.Globalization;

namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>One of our scripts with its values.</summary>
/// <param name="Name">Which: <c>folder</c>, <c>file</c>, <c>process</c>.</param>
/// <param name="Values">Names of small letters, and their values; none is empty.</param>
public sealed record HostScript(string Name, params (string Name, string Value)[] Values)
{
    /// <summary>The mode of scripts that only look.</summary>
    public const string Look = "look";

    /// <summary>The mode of scripts that delete.</summary>
    public const string Delete = "delete";

    /// <summary>The mode of the script that ends a process.</summary>
    public const string Kill = "kill";

    private const string None = "-";

    /// <summary>What is in a folder now.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="deep">Also what lies below.</param>
    public static HostScript Folder(string path, bool deep) => new("folder", ("mode", Look), ("path", path), ("digest", None), ("deep", deep ? "yes" : "no"));

    /// <summary>Deletes a folder that is still as it was listed.</summary>
    /// <param name="path">The folder as the host resolved it.</param>
    /// <param name="digest">Of the list, as <see cref="ScriptOutput.Digest"/> has it.</param>
    public static HostScript DeleteFolder(string path, string digest) => new("folder", ("mode", Delete), ("path", path), ("digest", digest), ("deep", "yes"));

    /// <summary>What one file is now.</summary>
    /// <param name="path">The file.</param>
    public static HostScript File(string path) => new("file", ("mode", Look), ("path", path), ("digest", None));

    /// <summary>Deletes a file with the hash that was seen.</summary>
    /// <param name="path">The file as the host resolved it.</param>
    /// <param name="sha256">The hash that it must have.</param>
    public static HostScript DeleteFile(string path, string sha256) => new("file", ("mode", Delete), ("path", path), ("digest", sha256));

    /// <summary>What runs on a host.</summary>
    public static HostScript Processes { get; } = new("process", ("mode", Look));

    /// <summary>Ends a process that is still the one meant.</summary>
    /// <param name="process">Which.</param>
    public static HostScript End(KillProcess process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return new(
            "process", ("mode", Kill), PidOf(process.Pid), ("image", process.Image.Length > 0 ? process.Image : None),
            ("start", process.StartedAt?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? None));
    }

    /// <summary>The value that names a process.</summary>
    /// <param name="pid">The process id.</param>
    public static (string Name, string Value) PidOf(long pid) => ("pid_", pid.ToString(CultureInfo.InvariantCulture));
}
