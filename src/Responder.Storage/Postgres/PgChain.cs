using Npgsql;
using Responder.Storage.Audit;

namespace Responder.Storage.Postgres;

/// <summary>
/// The links of the writer's commits, sent with them in the one round trip. Only the server knows what of a group it takes, and the server has no key: so a link
/// covers all that is sent, and the next one says what of it was not taken.
/// </summary>
internal sealed class PgChain(AuditChain chain)
{
    private const string Insert = "INSERT INTO audit_links (writer, n, at, notable, key_id, prev, mac, items) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    private const string IsThere = "SELECT mac FROM audit_links WHERE writer = $1 AND n = $2";

    // Places of the newest committed link, and of which work they are.
    private readonly List<(WriteOp Op, AuditItem Item)> _covered = [];
    private readonly SortedSet<int> _refused = [];

    // Sent, and nobody knows yet whether it is committed.
    private (AuditLink Link, List<(WriteOp Op, AuditItem Item)> Entries)? _sent;

    // False where the newest link left nothing open that the next one must tell.
    private bool _isOpen;

    public bool HasMoreToTell => _refused.Count > 0;

    /// <summary>A new group begins.</summary>
    public void Begin() => _covered.Clear();

    /// <summary>After a try that failed: whether its link is there, and so all that was sent with it.</summary>
    public void Settle(NpgsqlConnection connection)
    {
        if (_sent is not var (link, entries))
        {
            return;
        }

        using var query = new NpgsqlCommand(IsThere, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = link.Writer }, new NpgsqlParameter<long> { TypedValue = link.N } },
        };
        if (query.ExecuteScalar() is string mac && mac == link.Mac)
        {
            Advance(link, entries);
        }

        _sent = null;
    }

    /// <summary>Adds the link to what is sent; none where all of it is covered by one that is there.</summary>
    public void Bind(NpgsqlBatch batch, List<WriteOp> group, DateTimeOffset now)
    {
        var entries = group.Where(op => !_covered.Exists(one => one.Op == op)).SelectMany(op => op.Audited.Select(item => (op, item))).ToList();
        if (entries.Count == 0 && !(_isOpen && (group.Count == 0 || group.Exists(op => op is PgSeal))))
        {
            return;
        }

        var link = chain.Next([.. entries.Select(one => one.item)], known: false, entries.Count == 0 || _refused.Count > 0 ? _refused : null, now);
        batch.Add(Insert).With(link.Writer).With(link.N).With(link.At).With(link.Notable).With(link.KeyId).With(link.Prev).With(link.Mac).With(link.Items);
        _sent = (link, entries);
    }

    /// <summary>It is committed, and its results are read.</summary>
    public void Committed(List<WriteOp> group)
    {
        if (_sent is var (link, entries))
        {
            Advance(link, entries);
            _sent = null;
        }

        var told = group.ToHashSet();
        for (var place = 0; place < _covered.Count; place++)
        {
            if (told.Contains(_covered[place].Op) && !_covered[place].Op.IsKept(_covered[place].Item))
            {
                _refused.Add(place);
            }
        }
    }

    private void Advance(AuditLink link, List<(WriteOp Op, AuditItem Item)> entries)
    {
        chain.Advance(link);
        _isOpen = entries.Count > 0;
        _refused.Clear();
        _covered.Clear();
        _covered.AddRange(entries);
    }
}
