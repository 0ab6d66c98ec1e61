using System.Data.Common;
using Dapper;
using Responder.Engine.Audit;
using Responder.Sdk;

namespace Responder.Storage.Audit;

/// <summary>
/// Checks the chains end to end, over one state of the database: each link by its code and its place, the runs' journals by the digests in the links, and by the
/// anchors that no end was cut off. It holds about a hundred and fifty bytes for each event.
/// </summary>
internal sealed class AuditCheck(DbConnection db, IReadOnlyList<AuditKey> keys, IReadOnlyList<AuditHead> anchors)
{
    // How far off its place a link that was moved is looked for.
    private const int Reach = 100;

    private readonly Dictionary<string, AuditKey> _keys = keys.DistinctBy(key => key.Id).ToDictionary(key => key.Id, StringComparer.Ordinal);
    private readonly List<AuditProblem> _problems = [];
    private readonly List<string> _notes = [];
    private readonly AuditClaims _claims = new();
    private readonly Dictionary<string, long> _ends = new(StringComparer.Ordinal);
    private long _links;

    public async Task<AuditVerdict> RunAsync()
    {
        var writers = await AuditRows.WritersAsync(db);
        foreach (var writer in writers)
        {
            await ChainAsync(writer);
        }

        CheckAnchors(writers);
        var events = await _claims.CompareAsync(db, _problems, _notes);
        return new AuditVerdict(_problems.Count == 0, writers.Count, _links, events, _problems, _notes, anchors.Count == 0 ? null : anchors.Max(anchor => anchor.At));
    }

    private async Task ChainAsync(string writer)
    {
        var anchored = anchors.Where(anchor => anchor.Writer == writer).ToLookup(anchor => anchor.N);
        AuditLink? before = null;
        List<AuditLine> open = [];
        await foreach (var link in db.QueryUnbufferedAsync<AuditLink>($"SELECT {AuditRows.Columns} FROM audit_links WHERE writer = @writer ORDER BY n", new { writer }))
        {
            _links++;
            var next = (before?.N ?? 0) + 1;
            if (link.N != next)
            {
                Found("removed", Where(next, link.N - 1, writer), $"the chain goes from {(before is null ? "its beginning" : $"link {before.N}")} to link {link.N}");
            }

            CheckLink(link, link.N == next ? before : null);
            foreach (var anchor in anchored[link.N].Where(anchor => anchor.Mac != link.Mac))
            {
                Found("changed", Where(link.N, link.N, writer), $"it is not the one that was anchored at {Json.Time(anchor.At)}");
            }

            var lines = AuditLine.Of(link.Items);
            Close(open, before, lines, writer);
            (before, open) = (link, lines);
        }

        // What the last link sent, nobody has confirmed.
        Claim(open, before!, [], writer, isConfirmed: false);
        _ends[writer] = before!.N;
    }

    private void CheckLink(AuditLink link, AuditLink? before)
    {
        var where = Where(link.N, link.N, link.Writer);
        if (!_keys.TryGetValue(link.KeyId, out var key))
        {
            Found("unknown_key", where, $"it was made with the key {link.KeyId}, which was not given; name its file with --key");
        }
        else if (!link.IsTrue(key, link.N))
        {
            var place = Enumerable.Range(-Reach, (2 * Reach) + 1).Select(off => link.N + off).FirstOrDefault(n => n > 0 && n != link.N && link.IsTrue(key, n));
            Found(place == 0 ? "changed" : "reordered", where, place == 0 ? "its code does not fit what it says: it was changed, or put there by somebody without the key" : $"what stands there was written as link {place}");
        }
        else if (before is not null && link.Prev != before.Mac)
        {
            Found("changed", Where(before.N, before.N, link.Writer), $"link {link.N} holds on to another one than stands there");
        }
        else if (link is { N: 1, Prev.Length: > 0 })
        {
            Found("removed", where, "it says that there was a link before it");
        }
    }

    private void Close(List<AuditLine> open, AuditLink? link, List<AuditLine> next, string writer)
    {
        if (link is not null)
        {
            var refused = next.Where(line => line.Sign == 'x').Select(line => line.Refused()).Where(one => one.Link == link.N).SelectMany(one => one.Places).ToHashSet();
            Claim(open, link, refused, writer, isConfirmed: true);
        }
    }

    private void Claim(List<AuditLine> lines, AuditLink link, HashSet<int> refused, string writer, bool isConfirmed)
    {
        var place = -1;
        foreach (var line in lines.Where(line => line.Sign != 'x'))
        {
            place++;
            if (line.AreEvents && !refused.Contains(place))
            {
                _claims.Add(line, link.N, writer, isConfirmed || line.IsKnown);
            }
        }
    }

    private void CheckAnchors(IReadOnlyList<string> writers)
    {
        foreach (var anchor in anchors.GroupBy(anchor => anchor.Writer, StringComparer.Ordinal).Select(chain => chain.MaxBy(anchor => anchor.N)!))
        {
            var end = _ends.GetValueOrDefault(anchor.Writer);
            if (end < anchor.N)
            {
                Found("cut", Where(end + 1, anchor.N, anchor.Writer), $"at {Json.Time(anchor.At)} the chain went to link {anchor.N}; its end was cut off");
            }
        }

        if (anchors.Count == 0)
        {
            _notes.Add("No anchor was given, so it can't be told whether the end of a chain was cut off. Set Audit:Anchor, and name the file of the anchors with --anchor.");
            return;
        }

        var young = writers.Sum(writer => Math.Max(0, _ends[writer] - anchors.Where(anchor => anchor.Writer == writer).Select(anchor => anchor.N).DefaultIfEmpty().Max()));
        _notes.Add(young == 0
            ? $"Every link is covered by the anchors; the newest is of {Json.Time(anchors.Max(anchor => anchor.At))}. What is younger is not covered."
            : $"{young} links are younger than the last anchor of their chain, and are not covered: were they cut off, nobody could tell.");
    }

    private void Found(string kind, string where, string message) => _problems.Add(new AuditProblem(kind, where, message));

    private static string Where(long first, long last, string writer) => first == last ? $"link {first} of {writer}" : $"links {first} to {last} of {writer}";
}
