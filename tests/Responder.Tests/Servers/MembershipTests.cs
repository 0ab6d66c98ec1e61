using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Orleans.Configuration;
using Responder.Storage;
using Responder.Storage.Audit;
using Responder.Storage.Tests;

namespace Responder.Tests.Servers;

/// <summary>The membership of Orleans by the statements of our own that are in the database: what its library asks is what they do.</summary>
public sealed class MembershipTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly DateTime Now = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    [Fact]
    public async Task Nodes_that_are_long_dead_are_forgotten_and_nobody_else()
    {
        var database = await postgres.DatabaseAsync();
        await using (await PostgresStore.OpenAsync(new PostgresStoreOptions { ConnectionString = database, AuditKey = AuditKey.New() }, TimeProvider.System, NullLogger.Instance, CancellationToken.None))
        {
            // It makes the schema.
        }

        using var host = Silo(database);
        var table = host.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTableAsync(true, TestContext.Current.CancellationToken);
        await AddAsync(table, "long-dead", 1, SiloStatus.Dead, Now.AddDays(-8));
        await AddAsync(table, "just-dead", 2, SiloStatus.Dead, Now.AddDays(-1));
        await AddAsync(table, "silent", 3, SiloStatus.Active, Now.AddDays(-8));
        await AddAsync(table, "alive", 4, SiloStatus.Active, Now);

        await table.CleanupDefunctSiloEntriesAsync(Now.AddDays(-7), TestContext.Current.CancellationToken);

        Assert.Equal(["alive", "just-dead", "silent"], await NamesAsync(table));

        await using var source = NpgsqlDataSource.Create(database);
        await using var missing = source.CreateCommand("SELECT count(*) FROM orleansquery");
        Assert.Equal(10L, await missing.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AddAsync(IMembershipTable table, string name, int generation, SiloStatus status, DateTime alive)
    {
        var version = (await table.ReadAllAsync(TestContext.Current.CancellationToken)).Version;
        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11111), generation), SiloName = name, HostName = "node", Status = status, StartTime = alive, IAmAliveTime = alive,
        };
        Assert.True(await table.InsertRowAsync(entry, version.Next(), TestContext.Current.CancellationToken));
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IMembershipTable table) =>
        [.. (await table.ReadAllAsync(TestContext.Current.CancellationToken)).Members.Select(member => member.Item1.SiloName).Order(StringComparer.Ordinal)];

    // Built and never started: the table is asked, and no node joins.
    private static IHost Silo(string database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("test", "test"));
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database));
        });
        return builder.Build();
    }
}
