namespace Responder.Storage.Tests;

public sealed class SqliteRunJournalTests : RunJournalContract
{
    protected override async Task<StoreBench> OpenAsync() => await SqliteBench.OpenAsync();
}
