using System.Buffers.Text;
using System.Data.Common;
using System.Text;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage.Audit;

/// <summary>What the links say of the runs' journals, and whether the journals are so.</summary>
internal sealed class AuditClaims
{
    private readonly Dictionary<string, Dictionary<long, Claim>> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoredEvent>> _wrong = new(StringComparer.Ordinal);
    private long _count;

    /// <summary>A link says that these events were written.</summary>
    /// <param name="line">The events.</param>
    /// <param name="link">The link's number.</param>
    /// <param name="writer">The link's chain.</param>
    /// <param name="isSure">False where it is not known whether they were taken.</param>
    public void Add(AuditLine line, long link, string writer, bool isSure)
    {
        var (runId, first, digests) = line.Events();
        var run = _runs.TryGetValue(runId, out var known) ? known : _runs[runId] = [];
        for (var index = 0; index < digests.Count; index++)
        {
            var claim = new Claim(digests[index], link, writer, isSure);
            if (!run.TryGetValue(first + index, out var other))
            {
                run[first + index] = claim;
            }
            else if (other.Digest != claim.Digest)
            {
                run[first + index] = other.IsSure && !isSure ? other with { Else = [.. other.Else, claim] } : claim with { Else = [.. other.Else, other] };
            }
            else if (isSure && !other.IsSure)
            {
                run[first + index] = other with { IsSure = true };
            }
        }
    }

    /// <summary>Compares, and tells how many events are as they were written.</summary>
    public async Task<long> CompareAsync(DbConnection db, List<AuditProblem> problems, List<string> notes)
    {
        await foreach (var (runId, body) in db.QueryUnbufferedAsync<(string RunId, byte[] Body)>("SELECT run_id, body FROM run_archive ORDER BY run_id"))
        {
            CompareArchived(runId, body, problems);
        }

        await foreach (var row in db.QueryUnbufferedAsync<(string RunId, long Seq, long At, string Type, long Version, string Payload)>(
            "SELECT run_id, seq, at, type, CAST(version AS bigint), payload FROM run_events ORDER BY run_id, seq"))
        {
            Compare(row.RunId, new StoredEvent(row.Seq, Values.Time(row.At), row.Type, (int)row.Version, Encoding.UTF8.GetBytes(row.Payload)), problems);
        }

        foreach (var (runId, run) in _runs.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            Leave(runId, run, problems, notes);
        }

        return _count;
    }

    private void CompareArchived(string runId, byte[] body, List<AuditProblem> problems)
    {
        try
        {
            foreach (var entry in JournalBody.Unpack(runId, body))
            {
                Compare(runId, entry, problems);
            }
        }
        catch (InvalidDataException failure)
        {
            // Which of its events are gone is not known: the whole is named, and not each.
            problems.Add(new AuditProblem("changed", $"archive of run {runId}", failure.InnerException?.Message ?? failure.Message));
            foreach (var claim in _runs.GetValueOrDefault(runId)?.Values ?? Enumerable.Empty<Claim>())
            {
                claim.IsSeen = true;
            }
        }
    }

    private void Compare(string runId, in StoredEvent entry, List<AuditProblem> problems)
    {
        if (_runs.GetValueOrDefault(runId)?.GetValueOrDefault(entry.Seq) is not { } claim)
        {
            problems.Add(new AuditProblem("inserted", Where(runId, entry.Seq), $"a {entry.Type} that no link has: it was inserted, or the link that had it was removed"));
            return;
        }

        if (claim.IsSeen)
        {
            problems.Add(new AuditProblem("inserted", Where(runId, entry.Seq), $"a {entry.Type} where the run's archive has that event already"));
            return;
        }

        var digest = Digest(runId, entry);
        claim.IsSeen = true;
        if (claim.Digest == digest || claim.Else.Any(one => one.Digest == digest))
        {
            _count++;
        }
        else
        {
            (_wrong.TryGetValue(runId, out var wrong) ? wrong : _wrong[runId] = []).Add(entry);
        }
    }

    // All of a run is read: what is wrong in it, and what is not there.
    private void Leave(string runId, Dictionary<long, Claim> claims, List<AuditProblem> problems, List<string> notes)
    {
        List<StoredEvent> wrong = _wrong.GetValueOrDefault(runId) ?? [];
        foreach (var entry in wrong)
        {
            var claim = claims[entry.Seq];
            var place = wrong.Select(other => other.Seq).FirstOrDefault(seq => seq != entry.Seq && Digest(runId, entry with { Seq = seq }) == claims[seq].Digest);
            problems.Add(place == 0
                ? new AuditProblem("changed", Where(runId, entry.Seq), $"this {entry.Type} is not what link {claim.Link} of {claim.Writer} was written with")
                : new AuditProblem("reordered", Where(runId, entry.Seq), $"what stands there was written as event {place}"));
        }

        foreach (var (seq, claim) in claims.Where(one => !one.Value.IsSeen).OrderBy(one => one.Key))
        {
            if (claim.IsSure)
            {
                problems.Add(new AuditProblem("removed", Where(runId, seq), $"link {claim.Link} of {claim.Writer} was written with it"));
            }
            else
            {
                notes.Add($"{Where(runId, seq)} was sent with the last link ({claim.Link}) of {claim.Writer}, and it is not there: the database did not take it, or it was removed after the writer had ended.");
            }
        }
    }

    private static string Digest(string runId, StoredEvent entry)
    {
        Span<byte> digest = stackalloc byte[32];
        AuditItem.Digest(runId, entry, digest);
        return Base64Url.EncodeToString(digest);
    }

    private static string Where(string runId, long seq) => $"event {seq} of run {runId}";

    private sealed record Claim(string Digest, long Link, string Writer, bool IsSure)
    {
        // What another link, or another try, says of the same place.
        public IReadOnlyList<Claim> Else { get; init; } = [];

        public bool IsSeen { get; set; }
    }
}
