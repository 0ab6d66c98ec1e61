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

    private readonly Dictionary<(string RunId, string Path), List<(long Seq, string Action, IntentRecorded Intent)>> _intents = [];
    private static readonly string Noted = string.Join(", ", AuditEvents.Noted.Order(StringComparer.Ordinal).Select(type => $"'{type}'"));

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
        List<(long Ordinal, DateTimeOffset At, AuditEntry Entry)> lines = [];
        var line = 0L;
        foreach (var item in AuditLine.Of(link.Items))
        {
            var ordinal = ++line * PerLine;
            if (item.IsEntry)
            {
                if (filter.RunId is null)
                {
                    lines.Add((ordinal, Values.Time(link.At), item.Entry()));
                }
            }
            else if (item.AreEvents && AuditEvents.MayBe(filter.Kind) && item.Events() is var (runId, first, digests) && (filter.RunId is null || filter.RunId == runId))
            {
                foreach (var stored in (await EventsAsync(runId, first, first + digests.Count - 1)).Where(stored => IsThere(digests[(int)(stored.Seq - first)], runId, stored)))
                {
                    foreach (var entry in await EntriesAsync(runId, stored))
                    {
                        lines.Add((ordinal++, stored.At, entry));
                    }
                }
            }
        }

        return lines;
    }

    // What another wrote in that place is in the other's link.
    private static bool IsThere(string written, string runId, in StoredEvent stored)
    {
        Span<byte> digest = stackalloc byte[32];
        AuditItem.Digest(runId, stored, digest);
        return written == Base64Url.EncodeToString(digest);
    }

    private async Task<IEnumerable<AuditEntry>> EntriesAsync(string runId, StoredEvent stored)
    {
        RunEvent happened;
        try
        {
            happened = JournalCodec.Read(stored).Event;
        }
        catch (UnknownEventException)
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
        foreach (var stored in await QueryAsync(runId, "type IN ('step_started', 'intent_recorded')", new { runId }, one => IsOfIntents(one.Type)))
        {
            switch (JournalCodec.Read(stored).Event)
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

    private Task<List<StoredEvent>> EventsAsync(string runId, long first, long last) => QueryAsync(
        runId, $"seq BETWEEN @first AND @last AND type IN ({Noted})", new { runId, first, last },
        stored => stored.Seq >= first && stored.Seq <= last && AuditEvents.AreNoted(stored.Type));

    // One statement for both: a journal that is archived meanwhile is in one of them.
    private async Task<List<StoredEvent>> QueryAsync(string runId, string condition, object values, Func<StoredEvent, bool> meets)
    {
        var known = _archived.GetValueOrDefault(runId);
        List<StoredEvent> events = [];
        foreach (var row in await db.QueryAsync<(long Seq, long At, string Type, long Version, string Payload, byte[]? Body)>(
            $"SELECT seq, at, type, CAST(version AS bigint), payload, CAST(NULL AS bytea) FROM run_events WHERE run_id = @runId AND {condition}"
                + (known is null ? " UNION ALL SELECT 0, 0, '', 0, '', body FROM run_archive WHERE run_id = @runId" : string.Empty) + " ORDER BY 1",
            values))
        {
            if (row.Body is { } body)
            {
                known = Keep(runId, body);
            }
            else
            {
                events.Add(new StoredEvent(row.Seq, Values.Time(row.At), row.Type, (int)row.Version, Encoding.UTF8.GetBytes(row.Payload)));
            }
        }

        return known is null ? events : [.. known.Where(meets), .. events];
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
            return _archived[runId] = [.. JournalBody.Unpack(runId, body).Where(stored => AuditEvents.AreNoted(stored.Type) || IsOfIntents(stored.Type))];
        }
        catch (InvalidDataException)
        {
            // The list goes on without it: a check says that it was changed.
            return _archived[runId] = [];
        }
    }

    private static bool IsOfIntents(string type) => type is "step_started" or "intent_recorded";

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
