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
    private const long PerLine = 1_000_000;

    private readonly Dictionary<(string RunId, string Path), List<(long Seq, string Action, IntentRecorded Intent)>> _intents = [];
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
            else if (item.AreEvents && AuditEvents.MayBe(filter.Kind) && item.Events() is var (runId, first, count) && (filter.RunId is null || filter.RunId == runId))
            {
                foreach (var stored in (await EventsAsync(runId, first, first + count - 1)).Where(stored => IsThere(item, runId, first, stored)))
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
    private static bool IsThere(AuditLine item, string runId, long first, StoredEvent stored)
    {
        Span<byte> digest = stackalloc byte[32];
        AuditItem.Digest(runId, stored, digest);
        return item.DigestOf((int)(stored.Seq - first)) == Base64Url.EncodeToString(digest);
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
        foreach (var stored in await QueryAsync("SELECT seq, at, type, CAST(version AS bigint), payload FROM run_events WHERE run_id = @runId AND type IN ('step_started', 'intent_recorded') ORDER BY seq", new { runId }))
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

    private Task<IEnumerable<StoredEvent>> EventsAsync(string runId, long first, long last) => QueryAsync(
        "SELECT seq, at, type, CAST(version AS bigint), payload FROM run_events WHERE run_id = @runId AND seq BETWEEN @first AND @last AND type IN @noted ORDER BY seq",
        new { runId, first, last, noted = AuditEvents.Noted });

    private async Task<IEnumerable<StoredEvent>> QueryAsync(string sql, object values) => (await db.QueryAsync<(long Seq, long At, string Type, long Version, string Payload)>(sql, values))
        .Select(row => new StoredEvent(row.Seq, Values.Time(row.At), row.Type, (int)row.Version, Encoding.UTF8.GetBytes(row.Payload)));

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
