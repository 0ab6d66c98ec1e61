using System.Text.Json;

namespace Responder.Sdk.Estate;

/// <summary>The index's events. They tell what was, so a file that is deleted now is still in them.</summary>
internal static class IndexEvents
{
    public static IEnumerable<SearchRow> Of(Company company) => company.Siem.Events.Values.SelectMany(source => Of(company, source));

    private static IEnumerable<SearchRow> Of(Company company, EventSource source)
    {
        if (source.FromFiles is not { } from)
        {
            return [Row(source, source.At!.Value, [])];
        }

        return company.Hosts.TryGetValue(from.Host, out var host) && host.Folders.TryGetValue(from.Folder, out var folder)
            ? folder.Original(host, from.Folder).Where(file => file.CreatedAt is not null).Select(file => Row(source, file.CreatedAt!.Value, OfFile(file)))
            : [];
    }

    private static IEnumerable<(string, object)> OfFile(HostFile file)
    {
        yield return ("TargetFilename", file.Path);
        yield return ("CreationUtcTime", file.CreatedAt!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));
        yield return ("FileSize", file.Size);
        if (file.CopiedFrom is not null)
        {
            yield return ("SourceFolder", file.CopiedFrom);
        }
    }

    private static SearchRow Row(EventSource source, DateTimeOffset at, IEnumerable<(string Name, object Value)> more)
    {
        var row = new SearchRow { Time = at };
        row.Fields["_time"] = Json.Time(at);
        foreach (var (name, value) in source.Fields)
        {
            row.Fields[name] = value.ValueKind switch
            {
                JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
                JsonValueKind.String => value.GetString()!,
                _ => value.GetRawText(),
            };
        }

        foreach (var (name, value) in more)
        {
            row.Fields[name] = value;
        }

        return row;
    }
}
