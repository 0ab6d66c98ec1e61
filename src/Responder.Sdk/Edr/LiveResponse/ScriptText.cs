using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>
/// The text of our scripts: bodies that never change, and values, each in base64, so that nothing in a value is ever read as script. One function quotes for all shells.
/// A PowerShell body begins with its parameters, so that it stands in a library of scripts as it is.
/// </summary>
public static class ScriptText
{
    /// <summary>The scripts' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["folder", "file", "process"];

    /// <summary>A script's body.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="windows">True for PowerShell, else a POSIX shell's.</param>
    public static string Body(string name, bool windows)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.{(windows ? "ps1" : "sh")}")
            ?? throw new InvalidOperationException($"There is no script {name} for this kind of host.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A script with its values, and the key of its step in front, as one text.</summary>
    /// <param name="script">The script.</param>
    /// <param name="windows">True for PowerShell, else a POSIX shell's.</param>
    /// <param name="key">The step's idempotency key.</param>
    public static string Whole(HostScript script, bool windows, string key)
    {
        ArgumentNullException.ThrowIfNull(script);
        var (body, values) = (Body(script.Name, windows), script.Values.Select(value => Named(value, windows)));
        return windows ? $"{KeyLine(key)}& {{\n{body}}} {string.Join(' ', values)}\n" : $"{KeyLine(key)}{string.Concat(values.Select(value => value + "\n"))}{body}";
    }

    /// <summary>One value as <see cref="Whole"/> writes it.</summary>
    /// <param name="value">Its name and what it is.</param>
    /// <param name="windows">True for PowerShell, else a POSIX shell's.</param>
    public static string Named((string Name, string Value) value, bool windows) => windows ? $"-{value.Name} '{Base64(value.Value)}'" : $"{value.Name}='{Base64(value.Value)}'";

    /// <summary>One value as an argument of a script in a library: letters, digits and <c>+/=</c> alone, which no shell reads as anything else.</summary>
    /// <param name="value">Its name and what it is.</param>
    public static string Argument((string Name, string Value) value) => $"-{value.Name} {Base64(value.Value)}";

    /// <summary>The line that carries a step's key.</summary>
    /// <param name="key">The step's idempotency key.</param>
    public static string KeyLine(string key) => $"# responder-key {key}\n";

    /// <summary>A body's SHA-256: by it a library's copy is checked, and an emulator knows the script, whatever it is called.</summary>
    /// <param name="body">The body.</param>
    public static string Mark(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
}
