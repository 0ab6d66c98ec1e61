namespace Responder.Storage.Tests;

public sealed class PostgresRunJournalTests(PostgresServer server) : RunJournalContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresIntentGuardTests(PostgresServer server) : IntentGuardContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresQuotaTests(PostgresServer server) : QuotaContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresAdmissionTests(PostgresServer server) : AdmissionContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresConcurrencyTests(PostgresServer server) : ConcurrencyContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresSweepTests(PostgresServer server) : SweepContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresListsTests(PostgresServer server) : ListsContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresSmallPortsTests(PostgresServer server) : SmallPortsContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresCommitFeedTests(PostgresServer server) : CommitFeedContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresErrandsTests(PostgresServer server) : ErrandsContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresAuditTests(PostgresServer server) : AuditContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresUpkeepTests(PostgresServer server) : UpkeepContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);
}

public sealed class PostgresArchiveTests(PostgresServer server) : ArchiveContract
{
    protected override async Task<StoreBench> OpenAsync() => await PostgresBench.OpenAsync(server);

    protected override string Bytes(string hex) => $"'\\x{hex}'";
}
