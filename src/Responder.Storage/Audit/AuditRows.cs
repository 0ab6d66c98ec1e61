using System.Data.Common;
using Dapper;

namespace Responder.Storage.Audit;

/// <summary>The links' rows, alike on both databases, for what is not on the way of runs.</summary>
internal static class AuditRows
{
    public const string Columns = "writer AS Writer, n AS N, at AS At, notable AS Notable, key_id AS KeyId, prev AS Prev, mac AS Mac, items AS Items";

    public static Task InsertAsync(DbConnection db, AuditLink link) => db.ExecuteAsync(
        "INSERT INTO audit_links (writer, n, at, notable, key_id, prev, mac, items) VALUES (@Writer, @N, @At, @Notable, @KeyId, @Prev, @Mac, @Items)", link);

    /// <summary>The newest link of a chain; null where it has none.</summary>
    public static Task<AuditHeadRecord?> HeadAsync(DbConnection db, string writer) => db.QuerySingleOrDefaultAsync<AuditHeadRecord?>(
        "SELECT writer AS Writer, n AS N, mac AS Mac, at AS At FROM audit_links WHERE writer = @writer ORDER BY n DESC LIMIT 1", new { writer });

    /// <summary>Every chain there is, in order: a step in the key for each, however long they are.</summary>
    public static async Task<IReadOnlyList<string>> WritersAsync(DbConnection db)
    {
        List<string> writers = [];
        var last = string.Empty;
        while (await db.ExecuteScalarAsync<string?>("SELECT min(writer) FROM audit_links WHERE writer > @last", new { last }) is { } next)
        {
            writers.Add(last = next);
        }

        return writers;
    }
}

#pragma warning disable CA1812 // Dapper makes it.
internal sealed class AuditHeadRecord
{
    public string Writer { get; init; } = "";
    public long N { get; init; }
    public string Mac { get; init; } = "";
    public long At { get; init; }
}
