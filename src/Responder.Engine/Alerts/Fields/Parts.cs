using System.Text.Json;

namespace Responder.Engine.Alerts;

/// <summary>Hosts, accounts, processes, files and indicators, from an object with the normal form's names or from text, and what follows from one field to another.</summary>
internal static class Parts
{
    public static AlertDevice? Device(JsonElement value)
    {
        var device = value.ValueKind == JsonValueKind.Object
            ? new AlertDevice(Values.Text(Values.Member(value, "hostname")), Values.Text(Values.Member(value, "id")), Values.Text(Values.Member(value, "ip")), Values.Text(Values.Member(value, "os")))
            : new AlertDevice(Values.Text(value));
        return device == AlertDevice.None ? null : device;
    }

    public static AlertUser? User(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return User(null, Values.Text(value), null, null);
        }

        return User(
            Values.Text(Values.Member(value, "email")), Values.Text(Values.Member(value, "name")), Values.Text(Values.Member(value, "sid")), Values.Text(Values.Member(value, "domain")));
    }

    /// <summary><c>DOMAIN\name</c> is a name in a domain; a name with an at sign is a user principal name.</summary>
    public static AlertUser? User(string? email, string? name, string? sid, string? domain)
    {
        if (name is not null && name.IndexOf('\\') is > 0 and var slash)
        {
            domain ??= Values.Present(name[..slash]);
            name = Values.Present(name[(slash + 1)..]);
        }

        if (email is null && IsAddress(name))
        {
            email = name;
        }

        if (IsAddress(name) && name == email)
        {
            name = email![..email!.IndexOf('@')];
        }

        // Active Directory's data often holds mail-like text only by chance of a blank: text that is no address is no e-mail.
        email = IsAddress(email) ? email : null;
        var user = new AlertUser(email, name, sid, domain);
        return user == AlertUser.None ? null : user;
    }

    public static AlertProcess? Process(JsonElement value, int depth = 3)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Values.Text(value) is { } image ? new AlertProcess(null, image) : null;
        }

        var parent = Values.Member(value, "parent");
        var process = new AlertProcess(
            Values.Number(Values.Member(value, "pid")), Values.Text(Values.Member(value, "image")), Values.Text(Values.Member(value, "cmd_line")),
            Values.Sha256(Values.Member(value, "sha256")), parent.ValueKind == JsonValueKind.Undefined || depth == 0 ? null : Process(parent, depth - 1));
        return process.IsEmpty ? null : process;
    }

    public static AlertFile? File(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Values.Text(value) is { } text ? File(new AlertFile(text)) : null;
        }

        return File(new AlertFile(
            Values.Text(Values.Member(value, "path")), Values.Text(Values.Member(value, "name")), Values.Text(Values.Member(value, "parent_folder")),
            Values.Sha256(Values.Member(value, "sha256")), Values.Number(Values.Member(value, "size"))));
    }

    /// <summary>A path has a name and a folder; a folder and a name make a path.</summary>
    public static AlertFile? File(AlertFile file)
    {
        var folder = file.ParentFolder is { } given ? Trimmed(given) : null;
        var (path, name) = (file.Path, file.Name);

        // Windows' antivirus marks what a path is of: `file:_C:\t\a.exe`.
        path = path?.StartsWith("file:_", StringComparison.Ordinal) == true ? path[6..].Split(';')[0] : path;
        if (path is null && folder is not null && name is not null)
        {
            path = folder + (folder.Contains('/', StringComparison.Ordinal) ? '/' : folder.EndsWith('\\') ? string.Empty : '\\') + name;
        }

        if (path is not null)
        {
            var cut = path.LastIndexOfAny(['\\', '/']);
            name ??= cut >= 0 && cut + 1 < path.Length ? path[(cut + 1)..] : cut < 0 ? path : null;
            folder ??= cut switch
            {
                < 0 => null,
                0 => path[..1],
                2 when path[1] == ':' => path[..3],
                _ => path[..cut],
            };
        }

        file = file with { Path = path, Name = name, ParentFolder = folder };
        return file == AlertFile.None ? null : file;
    }

    public static AlertIndicator? Indicator(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Values.Text(value) is { } text ? new AlertIndicator(IndicatorType.Of(text), text) : null;
        }

        return Values.Text(Values.Member(value, "value")) is { } found
            ? new AlertIndicator(Values.Text(Values.Member(value, "type")) ?? IndicatorType.Of(found), found, Values.Truth(Values.Member(value, "suspicious")))
            : null;
    }

    // A folder's separator at its end says nothing, save for a root: `C:\`.
    private static string Trimmed(string folder)
    {
        var trimmed = folder.TrimEnd('\\', '/');
        return trimmed.Length == 0 ? folder[..1] : trimmed is [_, ':'] ? trimmed + '\\' : trimmed;
    }

    private static bool IsAddress(string? text) =>
        text is not null && text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1 && !text.Any(char.IsWhiteSpace);
}
