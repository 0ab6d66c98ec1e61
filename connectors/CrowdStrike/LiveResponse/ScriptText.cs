using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>
/// Our scripts on a host: a body that never changes, and in front of it the step's key and the values, each in base64, so that nothing in a
/// value is ever read as script. One function quotes for all shells.
/// </summary>
internal static class ScriptText
{
    private const string Fence = "```";

    /// <summary>The command line of Falcon that runs one of our scripts.</summary>
    /// <param name="name">The script: <c>folder</c>, <c>file</c>, <c>process</c>.</param>
    /// <param name="windows">True for PowerShell, else a POSIX shell's.</param>
    /// <param name="key">The step's key, found again in the session's log.</param>
    /// <param name="values">Names of small letters, and their values.</param>
    public static string Command(string name, bool windows, string key, params (string Name, string Value)[] values)
    {
        var script = new StringBuilder($"# responder-key {key}\n");
        foreach (var (field, value) in values)
        {
            script.Append(windows ? "$" : string.Empty).Append(field).Append("='").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(value))).Append("'\n");
        }

        return $"runscript -Raw={Fence}{script}{Body(name, windows)}{Fence} -Timeout=600";
    }

    /// <summary>A script's body.</summary>
    public static string Body(string name, bool windows)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.{(windows ? "ps1" : "sh")}")
            ?? throw new InvalidOperationException($"There is no script {name} for this kind of host.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A body's mark: by it the emulator knows the script, whatever it is called.</summary>
    public static string Mark(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>The mark that a session's log has of a step.</summary>
    public static string KeyLine(string key) => $"# responder-key {key}\n";
}
