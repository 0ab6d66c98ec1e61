using System.Globalization;
using DbUp.Builder;

namespace Responder.Storage;

/// <summary>The numbered scripts of a database, which lie in this assembly.</summary>
internal static class MigrationScripts
{
    /// <summary>The number of the newest.</summary>
    /// <param name="folder">The scripts' place among the resources: <c>.Migrations.Sqlite.</c></param>
    public static long Newest(string folder) => typeof(MigrationScripts).Assembly.GetManifestResourceNames()
        .Where(name => name.Contains(folder, StringComparison.Ordinal)).Max(name => NumberOf(name, folder));

    /// <summary>A script's number: <c>Responder.Storage.Migrations.Sqlite.0001_initial.sql</c> has 1.</summary>
    public static long NumberOf(string name, string folder) =>
        long.Parse(name[(name.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..][..4], CultureInfo.InvariantCulture);

    /// <summary>Runs those that the database has not seen, in one transaction.</summary>
    public static void Run(UpgradeEngineBuilder builder, string folder, string database)
    {
        builder.Configure(upgrade => upgrade.VariablesEnabled = false);
        var result = builder.LogTo(new NoLog())
            .WithScriptsEmbeddedInAssembly(typeof(MigrationScripts).Assembly, name => name.Contains(folder, StringComparison.Ordinal))
            .WithTransaction()
            .Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"'{database}' could not be brought to schema {Newest(folder)}: {result.Error.Message}", result.Error);
        }
    }
}
