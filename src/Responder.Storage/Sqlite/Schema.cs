using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Extensions.Logging;

namespace Responder.Storage.Sqlite;

/// <summary>
/// Brings the database to the schema of this program. Its number is in the file's header (<c>user_version</c>), so that the usual start, where nothing
/// is to be done, costs one read.
/// </summary>
internal static partial class Schema
{
    private const string Folder = ".Migrations.Sqlite.";

    /// <summary>The number of the newest script.</summary>
    public static long Newest { get; } = MigrationScripts.Newest(Folder);

    public static void Upgrade(Db db, string file, ILogger log)
    {
        var now = Version(db);
        if (now == Newest)
        {
            return;
        }

        if (now > Newest)
        {
            throw new InvalidOperationException(
                $"'{file}' was written by a newer Responder (schema {now}; this one knows {Newest}). Start the newer one, or restore a backup from before it.");
        }

        using var shared = new SharedConnection(db.Connection);
        MigrationScripts.Run(DeployChanges.To.SqliteDatabase(shared), Folder, file);
        db.Script($"PRAGMA user_version={Newest}");
        Upgraded(log, file, now, Newest);
    }

    public static long Version(Db db)
    {
        using var command = db.Connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }


    [LoggerMessage(1411, LogLevel.Information, "The store '{File}' went from schema {From} to {To}")]
    private static partial void Upgraded(ILogger log, string file, long from, long to);
}
