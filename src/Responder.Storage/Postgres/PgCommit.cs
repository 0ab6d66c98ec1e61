using Microsoft.Extensions.Logging;
using Npgsql;
using Responder.Storage.Audit;

namespace Responder.Storage.Postgres;

/// <summary>
/// A group in one transaction and one round trip. The transaction is the server's own for what is sent together: it commits without hearing from this
/// process again, so that a process that is stopped in the middle holds nobody up.
/// </summary>
internal sealed class PgCommit(
    NpgsqlDataSource source, string name, AuditChain chain, PgCommit.WriterHooks hooks, CommitFeed feed, TimeProvider time, ILogger log, CancellationToken closing)
    : GroupCommit(name, feed, _ => { }, time, log, closing)
{
    // What is sent must fit into the socket's buffers, and so must what comes back: then the server needs nothing more from us.
    private const int MostWork = 256;
    private const int MostBytes = 192 * 1024;

    private static readonly string ShareSwitch = $"SELECT pg_advisory_xact_lock_shared(hashtextextended('{Alone.KillSwitch}', 0))";
    private const string LockRuns = "SELECT 1 FROM runs WHERE run_id = ANY ($1) ORDER BY run_id FOR NO KEY UPDATE";

    private const string BeAlone = "SELECT pg_advisory_xact_lock(hashtextextended(n, 0)) FROM unnest($1) WITH ORDINALITY AS l (n, place) ORDER BY place";

    private readonly HashSet<WriteOp> _settled = [];
    private readonly PgChain _chain = new(chain);
    private NpgsqlConnection? _connection;
    private bool _again;

    public override void Run(List<WriteOp> group)
    {
        if (group.Count <= MostWork && group.Sum(op => op.Weight) <= MostBytes)
        {
            base.Run(group);
            return;
        }

        List<WriteOp> part = [];
        var bytes = 0;
        foreach (var op in group)
        {
            if (part.Count > 0 && (part.Count == MostWork || bytes + op.Weight > MostBytes))
            {
                base.Run(part);
                part.Clear();
                bytes = 0;
            }

            part.Add(op);
            bytes += op.Weight;
        }

        base.Run(part);
    }

    /// <summary>What of the newest link was not taken is told at once, while nothing else is to be done: a check must not have to guess.</summary>
    public override void Rest()
    {
        if (_chain.HasMoreToTell)
        {
            TellOpen();
        }
    }

    private void TellOpen()
    {
        try
        {
            _connection ??= Open();
            Send([]);
        }
        catch (Exception failure) when (PgFault.IsPassing(failure) || PgFault.IsData(failure))
        {
            // The next commit tells it.
            DropWhereBroken(failure);
        }
    }

    public override void Close()
    {
        if (_connection is not null)
        {
            TellOpen();
        }

        Drop();
    }

    protected override void Begin()
    {
        _again = false;
        _settled.Clear();
        _chain.Begin();
    }

    protected override void Commit(List<WriteOp> group, bool eachAlone)
    {
        hooks.Beginning?.Invoke();
        _connection ??= Open();
        if (!eachAlone)
        {
            Send(group);
            return;
        }

        // Each in a transaction of its own; what is in already is not sent again when the connection is lost halfway.
        foreach (var op in group.Where(op => !_settled.Contains(op)))
        {
            try
            {
                Send([op]);
            }
            catch (Exception failure) when (PgFault.IsData(failure))
            {
                Refused(op, failure);
                DropWhereBroken(failure);
                _connection ??= Open();
            }

            _settled.Add(op);
        }
    }

    protected override Fault Judge(Exception failure)
    {
        // What the server refuses it has taken back. Where it fell silent or ended, nobody knows here how far it came.
        _again |= failure is not PostgresException { SqlState: var state } || state[..2] is "08" or "57" or "58" or "XX";
        DropWhereBroken(failure);
        var kind = PgFault.IsMeeting(failure) ? FaultKind.Again : PgFault.IsData(failure) ? FaultKind.Data : FaultKind.Passing;
        return new Fault(kind, PgFault.Explain(failure, Name));
    }

    private void Send(List<WriteOp> group)
    {
        var now = Time.GetUtcNow();
        _chain.Settle(_connection!);
        using var batch = new NpgsqlBatch(_connection);
        var heads = BindHead(batch, group);
        foreach (var op in group)
        {
            ((IPgWork)op).Bind(batch, now, _again);
        }

        _chain.Bind(batch, group, now);
        if (batch.BatchCommands.Count == 0)
        {
            return;
        }

        using (var reader = batch.ExecuteReader())
        {
            var results = new PgResults(reader);
            for (var head = 0; head < heads; head++)
            {
                results.Next();
            }

            foreach (var op in group)
            {
                ((IPgWork)op).Read(results);
            }

            // To the end: what fails in the commit itself is told there.
            while (reader.NextResult())
            {
            }
        }

        hooks.Committed?.Invoke();
        _chain.Committed(group);
        foreach (var op in group)
        {
            ((IPgWork)op).Follow(_connection!);
        }
    }

    private static int BindHead(NpgsqlBatch batch, List<WriteOp> group)
    {
        var before = batch.BatchCommands.Count;
        if (group.Exists(op => ((IPgWork)op).IsIntent))
        {
            batch.Add(ShareSwitch);
        }

        // In one order over all nodes, before anything else is locked.
        var alone = group.SelectMany(op => ((IPgWork)op).AloneWith).Distinct().Order(StringComparer.Ordinal).ToList();
        if (alone.Count > 0)
        {
            batch.Add(BeAlone).With(alone);
        }

        // All rows in one order, so that two nodes that write the same runs don't wait for each other.
        var runs = group.Select(op => ((IPgWork)op).RunId).OfType<string>().Distinct().ToList();
        if (runs.Count > 1)
        {
            batch.Add(LockRuns).With(runs);
        }

        return batch.BatchCommands.Count - before;
    }

    // A plan is made once for a connection, and where the tables were all but empty then, it would read all of them forever: the writer goes by indexes from the first run on.
    private NpgsqlConnection Open()
    {
        var connection = source.OpenConnection();
        using var command = new NpgsqlCommand("SET enable_seqscan = off", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    private void DropWhereBroken(Exception failure)
    {
        if (failure is not PostgresException || _connection?.State != System.Data.ConnectionState.Open)
        {
            Drop();
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>Where tests stand in the writer's way; all on the writer's thread.</summary>
    internal sealed record WriterHooks
    {
        /// <summary>Before each try.</summary>
        public Action? Beginning { get; init; }

        /// <summary>The server said that it is committed, nobody else knows yet.</summary>
        public Action? Committed { get; init; }
    }
}
