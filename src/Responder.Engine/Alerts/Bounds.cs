namespace Responder.Engine.Alerts;

/// <summary>Cuts fields that are too long, and says so in the alert's notes: never in silence.</summary>
internal sealed class Bounds(AlertLimits limits, List<string> notes)
{
    public string? Text(string field, string? text) => Cut(field, text, limits.TextLength);

    public string? Short(string field, string? text) => Cut(field, text, limits.ShortTextLength);

    public List<T> List<T>(string field, IEnumerable<T> items, Func<T, T> bound)
    {
        var list = items.Take(limits.Items + 1).Select(bound).ToList();
        if (list.Count > limits.Items)
        {
            list.RemoveAt(limits.Items);
            notes.Add($"{field}: only the first {limits.Items:N0} are taken; all are in raw.");
        }

        return list;
    }

    public AlertDevice Device(AlertDevice device) => new(
        Short("device.hostname", device.Hostname), Short("device.id", device.Id), Short("device.ip", device.Ip), Short("device.os", device.Os));

    public AlertUser User(AlertUser user) => new(
        Short("user.email", user.Email), Short("user.name", user.Name), Short("user.sid", user.Sid), Short("user.domain", user.Domain));

    public AlertFile File(AlertFile file) => file with
    {
        Path = Text("file.path", file.Path), Name = Text("file.name", file.Name), ParentFolder = Text("file.parent_folder", file.ParentFolder),
    };

    public AlertIndicator Indicator(AlertIndicator indicator) => indicator with
    {
        Type = Short("indicators.type", indicator.Type)!, Value = Text("indicators.value", indicator.Value)!,
    };

    public AlertProcess Process(string field, AlertProcess process) => process with
    {
        Image = Text($"{field}.image", process.Image),
        CmdLine = Text($"{field}.cmd_line", process.CmdLine),
        Parent = process.Parent is null ? null : Process($"{field}.parent", process.Parent),
    };

    private string? Cut(string field, string? text, int limit)
    {
        if (text is null || text.Length <= limit)
        {
            return text;
        }

        notes.Add($"{field}: {text.Length:N0} characters were cut to {limit:N0}; the whole is in raw.");

        // Never between the two halves of a pair.
        return char.IsHighSurrogate(text[limit - 1]) ? text[..(limit - 1)] : text[..limit];
    }
}
