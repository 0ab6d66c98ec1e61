using System.Buffers.Text;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage.Audit;

/// <summary>The audit for people: links from the newest on, with what they cover of the runs' journals.</summary>
internal sealed class AuditList(DbConnection db, AuditFilter filter)
{
    private const int Most = 500;
    private const int LinksAtOnce = 50;
    private const int LinksOfAPage = 2000;
    private const int ArchivedAtOnce = 200;
    private const long PerLine = 1_000_000;
    private const long PerEvent = 4;

    /// <summary>How many ranges of journals are asked for at once.</summary>
    internal const int RangesAtOnce = 32;

    private static readonly string[] OfIntents = ["intent_recorded", "step_started"];

    private readonly Dictionary<(string RunId, string Path), List<(long Seq, string Action, IntentRecorded Intent)>> _intents = [];
    // What of journals can meet the filter; what can't is not read.
    private readonly HashSet<string> _noted = [.. AuditEvents.NotedAs(filter.Kind, filter.By)];

    private readonly Dictionary<string, IReadOnlyList<StoredEvent>> _archived = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public async Task<Page<AuditRecord>> ReadAsync()
    {
        var size = Math.Clamp(filter.Limit, 1, Most);
        var found = new List<AuditRecord>();
        var place = Place.Read(filter.Cursor);
        for (var seen = 0; seen < LinksOfAPage;)
        {
            var links = (await db.QueryAsync<AuditLink>(Sql(place), new
            {
                since = filter.Since is { } since ? Values.Of(since) : 0, until = filter.Until is { } until ? Values.Of(until) : long.MaxValue, at = place?.At, writer = place?.Writer, n = place?.N, most = LinksAtOnce,
            })).AsList();
            foreach (var link in links)
            {
                foreach (var (ordinal, at, entry) in (await LinesAsync(link)).AsEnumerable().Reverse())
                {
                    if (place is not null && place.N == link.N && place.Writer == link.Writer && ordinal >= place.Ordinal)
                    {
                        continue;
                    }

                    if (found.Count == size)
                    {
                        return new Page<AuditRecord>(found, place!.Text);
                    }

                    place = new Place(link.At, link.Writer, link.N, ordinal);
                    if (Meets(entry))
                    {
                        found.Add(new AuditRecord(string.Create(CultureInfo.InvariantCulture, $"{link.Writer}/{link.N}/{ordinal}"), at, link.Writer, link.N, entry));
                    }
                }

                place = new Place(link.At, link.Writer, link.N, 0);
            }

            seen += links.Count;
            if (links.Count < LinksAtOnce)
            {
                return new Page<AuditRecord>(found, null);
            }
        }

        return new Page<AuditRecord>(found, place!.Text);
    }

    private static string Sql(Place? place) =>
        $"SELECT {AuditRows.Columns} FROM audit_links WHERE notable = 1 AND at >= @since AND at < @until{(place is null ? "" : $" AND (at, writer, n) {(place.Ordinal == 0 ? "<" : "<=")} (@at, @writer, @n)")} ORDER BY at DESC, writer DESC, n DESC LIMIT @most";

    private bool Meets(AuditEntry entry) =>
        (filter.Kind is null || entry.Kind == filter.Kind) && (filter.By is null || entry.By == filter.By) && (filter.RunId is null || entry.RunId == filter.RunId);

    private async Task<List<(long Ordinal, DateTimeOffset At, AuditEntry Entry)>> LinesAsync(AuditLink link)
    {
        var items = AuditLine.Of(link.Items);
        var told = _noted.Count == 0 ? [] : items.Select((item, index) => (Item: item, Line: index + 1)).Where(one => one.Item.AreEvents)
            .Select(one => (one.Line, Events: one.Item.Events())).Where(one => filter.RunId is null || filter.RunId == one.Events.RunId).ToList();
        var journals = await EventsAsync([.. told.Select(one => (one.Events.RunId, one.Events.First, one.Events.First + one.Events.Digests.Count - 1))]);
        List<(long Ordinal, DateTimeOffset At, AuditEntry Entry)> lines = [];
        if (filter.RunId is null)
        {
            lines.AddRange(items.Select((item, index) => (item, index)).Where(one => one.item.IsEntry).Select(one => ((one.index + 1) * PerLine, Values.Time(link.At), one.item.Entry())));
        }

        foreach (var (line, (runId, first, digests)) in told)
        {
            foreach (var stored in journals[runId].Where(stored => stored.Seq >= first && stored.Seq < first + digests.Count && IsThere(digests[(int)(stored.Seq - first)], runId, stored)))
            {
                // By the event's own place: a line is called the same, whatever the list was asked for.
                lines.AddRange((await EntriesAsync(runId, stored)).Select((entry, index) => ((line * PerLine) + ((stored.Seq - first) * PerEvent) + index, stored.At, entry)));
            }
        }

        lines.Sort((one, other) => one.Ordinal.CompareTo(other.Ordinal));
        return lines;
    }

    // What another wrote in that place is in the other's link.
    private static bool IsThere(string written, string runId, in StoredEvent stored)
    {
        Span<byte> digest = stackalloc byte[32];
        AuditItem.Digest(runId, stored, digest);
        return written == Base64Url.EncodeToString(digest);
    }

    /// <summary>Null for one that a newer program wrote.</summary>
    private static RunEvent? Known(in StoredEvent stored)
    {
        try
        {
            return JournalCodec.Read(stored).Event;
        }
        catch (UnknownEventException)
        {
            return null;
        }
    }

    private async Task<IEnumerable<AuditEntry>> EntriesAsync(string runId, StoredEvent stored)
    {
        if (Known(stored) is not { } happened)
        {
            return [];
        }

        if (happened is IntentRecorded or AttemptFailed or StepInDoubt or StepEnded)
        {
            await ReadIntentsAsync(runId);
        }

        return AuditEvents.Of(runId, happened, path => _intents.TryGetValue((runId, path), out var all) && all.FindLast(one => one.Seq <= stored.Seq) is { Action: not null } newest ? (newest.Action, newest.Intent) : null);
    }

    private async Task ReadIntentsAsync(string runId)
    {
        if (!_read.Add(runId))
        {
            return;
        }

        var actions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, stored) in await QueryAsync([(runId, 1, long.MaxValue)], OfIntents))
        {
            switch (Known(stored))
            {
                case StepStarted { Action: { } action } started:
                    actions[started.Path] = action;
                    break;
                case IntentRecorded intent:
                    (_intents.TryGetValue((runId, intent.Path), out var known) ? known : _intents[(runId, intent.Path)] = []).Add((stored.Seq, actions.GetValueOrDefault(intent.Path, "?"), intent));
                    break;
            }
        }
    }

    // Of a commit's many runs at once: on a server each question costs a round trip.
    private async Task<ILookup<string, StoredEvent>> EventsAsync(IReadOnlyList<(string RunId, long First, long Last)> ranges)
    {
        List<(string RunId, StoredEvent Event)> events = [];
        foreach (var some in ranges.DistinctBy(range => (range.RunId, range.First)).Chunk(RangesAtOnce))
        {
            events.AddRange(await QueryAsync(some, _noted));
        }

        return events.ToLookup(one => one.RunId, one => one.Event, StringComparer.Ordinal);
    }

    /// <summary>What of the journals lies in those ranges and has such a type. One statement for rows and archive: a journal that is archived meanwhile is in one of them.</summary>
    private async Task<List<(string RunId, StoredEvent Event)>> QueryAsync((string RunId, long First, long Last)[] ranges, IReadOnlyCollection<string> types)
    {
        // Two texts in all, so that statements are prepared once: what is too much asks for nothing.
        var size = ranges.Length == 1 ? 1 : RangesAtOnce;
        var values = new DynamicParameters();
        for (var index = 0; index < size; index++)
        {
            var (runId, first, last) = index < ranges.Length ? ranges[index] : (string.Empty, 0, 0);
            values.Add($"r{index}", runId);
            values.Add($"f{index}", first);
            values.Add($"l{index}", last);
            values.Add($"k{index}", _archived.ContainsKey(runId) ? string.Empty : runId);
        }

        List<(string RunId, StoredEvent Event)> events = [];
        var archived = ranges.Select(range => range.RunId).Distinct().Where(_archived.ContainsKey).ToDictionary(runId => runId, runId => _archived[runId], StringComparer.Ordinal);
        foreach (var row in await db.QueryAsync<(string RunId, long Seq, long At, string Type, long Version, string Payload, byte[]? Body)>(Ranges(size, types), values))
        {
            if (row.Body is { } body)
            {
                archived[row.RunId] = Keep(row.RunId, body);
            }
            else
            {
                events.Add((row.RunId, new StoredEvent(row.Seq, Values.Time(row.At), row.Type, (int)row.Version, Encoding.UTF8.GetBytes(row.Payload))));
            }
        }

        return archived.Count == 0 ? events :
            [.. ranges.Where(range => archived.ContainsKey(range.RunId)).SelectMany(range => archived[range.RunId]
                .Where(stored => stored.Seq >= range.First && stored.Seq <= range.Last && types.Contains(stored.Type)).Select(stored => (range.RunId, stored))), .. events];
    }

    /// <summary>The statement for so many ranges.</summary>
    internal static string Ranges(int size, IReadOnlyCollection<string> types)
    {
        var places = Enumerable.Range(0, size).ToList();
        return $"""
            SELECT run_id, seq, at, type, CAST(version AS bigint), payload, CAST(NULL AS bytea) FROM run_events
            WHERE ({string.Join(" OR ", places.Select(place => $"run_id = @r{place} AND seq BETWEEN @f{place} AND @l{place}"))})
              AND type IN ({string.Join(", ", types.Order(StringComparer.Ordinal).Select(type => $"'{type}'"))})
            UNION ALL SELECT run_id, 0, 0, '', 0, '', body FROM run_archive WHERE run_id IN ({string.Join(", ", places.Select(place => $"@k{place}"))})
            ORDER BY 1, 2
            """;
    }

    // Only what may be listed, or what that is told by, is held on to.
    private IReadOnlyList<StoredEvent> Keep(string runId, byte[] body)
    {
        if (_archived.Count == ArchivedAtOnce)
        {
            _archived.Clear();
        }

        try
        {
            return _archived[runId] = [.. JournalBody.Unpack(runId, body).Where(stored => _noted.Contains(stored.Type) || OfIntents.Contains(stored.Type))];
        }
        catch (InvalidDataException)
        {
            // The list goes on without it: a check says that it was changed.
            return _archived[runId] = [];
        }
    }

    /// <summary>A place in the list: a link, and how far in it.</summary>
    private sealed record Place(long At, string Writer, long N, long Ordinal)
    {
        public string Text => Cursor.Make(At, string.Create(CultureInfo.InvariantCulture, $"{N}|{Ordinal}|{Writer}"));

        public static Place? Read(string? cursor)
        {
            if (Cursor.Read(cursor) is not { } read)
            {
                return null;
            }

            return read.Id.Split('|', 3) is [var n, var ordinal, var writer] && long.TryParse(n, out var number) && long.TryParse(ordinal, out var within)
                ? new Place(read.At, writer, number, within)
                : throw new ArgumentException("The cursor is not one that this list gave. Take it from the page before, or leave it out for the first page.");
        }
    }
}
