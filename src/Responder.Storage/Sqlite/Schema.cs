using System.Globalization;
using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
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
    public static long Newest { get; } = Scripts().Max();

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
        var result = DeployChanges.To.SqliteDatabase(shared)
            .WithScriptsEmbeddedInAssembly(typeof(Schema).Assembly, name => name.Contains(Folder, StringComparison.Ordinal))
            .WithVariablesDisabled()
            .WithTransaction()
            .LogTo(new NoLog())
            .Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"'{file}' could not be brought to schema {Newest}: {result.Error.Message}", result.Error);
        }

        db.Script($"PRAGMA user_version={Newest}");
        Upgraded(log, file, now, Newest);
    }

    public static long Version(Db db)
    {
        using var command = db.Connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (long)command.ExecuteScalar()!;
    }

    // Responder.Storage.Migrations.Sqlite.0001_initial.sql
    private static IEnumerable<long> Scripts() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.Contains(Folder, StringComparison.Ordinal))
        .Select(name => long.Parse(name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..][..4], CultureInfo.InvariantCulture));

    [LoggerMessage(1411, LogLevel.Information, "The store '{File}' went from schema {From} to {To}")]
    private static partial void Upgraded(ILogger log, string file, long from, long to);

    private sealed class NoLog : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args)
        {
        }

        public void LogDebug(string format, params object[] args)
        {
        }

        public void LogInformation(string format, params object[] args)
        {
        }

        public void LogWarning(string format, params object[] args)
        {
        }

        public void LogError(string format, params object[] args)
        {
        }

        public void LogError(Exception ex, string format, params object[] args)
        {
        }
    }
}
