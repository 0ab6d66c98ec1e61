using System.Data.Common;
using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>The ledger of effects for people.</summary>
internal static class EffectLists
{
    private const string Select = """
        SELECT connection AS Connection, target AS Target, target_name AS TargetName, action AS Action, effect AS Effect, run_id AS RunId, path AS Path,
          before_free AS BeforeFree, status AS Status, at AS At, until AS Until
        FROM effects
        """;

    /// <summary>Those of a run.</summary>
    public const string OfRun = Select + " WHERE run_id = @runId ORDER BY at, path, connection, target";

    /// <summary>Word for word the condition of the partial index effects_in_force, which is used only then.</summary>
    public const string InForce =
        Select + " WHERE effect = 'contain' AND status IN ('intended', 'pending', 'done', 'already_so', 'in_doubt') ORDER BY at, run_id, path, connection, target";

    /// <summary>Word for word the condition of the partial index effects_in_flight.</summary>
    public const string InFlight = Select + " WHERE status = 'intended' ORDER BY at, run_id, path, connection, target";

    /// <summary>Those whose intent is committed and whose result is not there yet.</summary>
    public static async Task<IReadOnlyList<EffectRow>> InFlightAsync(DbConnection db) => [.. (await db.QueryAsync<EffectRecord>(InFlight)).Select(record => record.ToRow())];

    /// <summary>Those of a run, or where null, all containment in force.</summary>
    public static async Task<IReadOnlyList<EffectRow>> ReadAsync(DbConnection db, string? runId) =>
        [.. (await (runId is null ? db.QueryAsync<EffectRecord>(InForce) : db.QueryAsync<EffectRecord>(OfRun, new { runId }))).Select(record => record.ToRow())];
}
