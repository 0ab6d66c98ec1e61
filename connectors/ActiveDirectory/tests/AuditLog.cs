using System.Text.Json;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>Counts effects at the product: Samba writes each change to its audit log before it answers.</summary>
internal sealed class AuditLog(string file)
{
    private readonly long _from = File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>How often an action's change was made since this was opened.</summary>
    public int Count(string action) => Changes().Count(change => change == action);

    private IEnumerable<string> Changes()
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _from;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var json = line.IndexOf('{', StringComparison.Ordinal);
            if (json >= 0 && TryRead(line[json..]) is { } change)
            {
                yield return change;
            }
        }
    }

    private static string? TryRead(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.GetProperty("type").GetString() is not { } type || !root.TryGetProperty(type, out var it) || it.GetProperty("statusCode").GetInt32() != 0)
        {
            return null;
        }

        if (type == "passwordChange")
        {
            return it.GetProperty("action").GetString() == "Reset" ? "directory.reset_password" : null;
        }

        if (type != "dsdbChange" || it.GetProperty("operation").GetString() != "Modify" || !it.GetProperty("attributes").TryGetProperty("userAccountControl", out var control))
        {
            return null;
        }

        var value = int.Parse(control.GetProperty("actions")[0].GetProperty("values")[0].GetProperty("value").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        return ((value & 2) != 0 ? "directory.disable_" : "directory.enable_") + ((value & 4096) != 0 ? "computer" : "user");
    }
}
