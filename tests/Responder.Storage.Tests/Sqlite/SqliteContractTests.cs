namespace Responder.Storage.Tests;

public sealed class SqliteRunJournalTests : RunJournalContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteIntentGuardTests : IntentGuardContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteQuotaTests : QuotaContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteAdmissionTests : AdmissionContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteConcurrencyTests : ConcurrencyContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteSweepTests : SweepContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteListsTests : ListsContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteSmallPortsTests : SmallPortsContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteCommitFeedTests : CommitFeedContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteErrandsTests : ErrandsContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}

public sealed class SqliteAuditTests : AuditContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}
