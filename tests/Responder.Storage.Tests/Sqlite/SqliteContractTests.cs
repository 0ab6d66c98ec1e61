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

public sealed class SqliteUpkeepTests : UpkeepContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();

    [Fact]
    public async Task What_is_not_used_any_more_is_told_and_given_back()
    {
        await Store.Artifacts.PutAsync("large", "r1", "steps[0]", "dump", "application/octet-stream", new byte[4_000_000], Cancel);
        using (var db = Sqlite.Db.OpenWriter(((SqliteBench)Bench).Folder.File("artifacts.db")))
        {
            db.Script("DELETE FROM contents");
        }

        var before = await Store.Upkeep.SizeAsync(Cancel);
        await Store.Upkeep.VacuumAsync(Cancel);
        var after = await Store.Upkeep.SizeAsync(Cancel);

        Assert.True(before.FreeBytes > 3_900_000);
        Assert.Equal(0, after.FreeBytes);
        Assert.InRange(after.Bytes, 1, before.Bytes - 3_900_000);
    }
}

public sealed class SqliteArchiveTests : ArchiveContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();

    protected override string Bytes(string hex) => $"x'{hex}'";
}
