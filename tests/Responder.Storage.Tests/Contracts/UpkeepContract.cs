using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>What every store promises of its upkeep.</summary>
public abstract class UpkeepContract : StoreContract
{
    [Fact]
    public async Task Its_size_names_every_table_and_all_is_there_after_a_vacuum()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async index =>
        {
            await Store.Journal.AdmitAsync(new Admission(Make.Alert($"a{index}"), [Make.Run($"r{index}")]));
            await Store.Journal.AppendAsync(Make.Batch($"r{index}", 1, 1, events: 4, row: Make.Ended));
        }));
        await Store.Artifacts.PutAsync("content", "r1", "steps[0]", "list.json", "application/json", new byte[100_000], Cancel);

        await Store.Upkeep.VacuumAsync(Cancel);
        var size = await Store.Upkeep.SizeAsync(Cancel);

        Assert.True(size.Bytes > 100_000 && size.Schema > 0);
        Assert.Equal(size.Tables.Select(table => table.Bytes).OrderDescending(), size.Tables.Select(table => table.Bytes));
        Assert.Equal((200, 1000), (Rows(size, "runs"), Rows(size, "run_events")));
        Assert.Equal(1, Rows(size, "contents"));
        Assert.Equal(5, (await Store.Journal.ReadAsync("r7", 0, Cancel))!.Events.Count);
        Assert.Equal(100_000, (await Store.Artifacts.GetAsync("r1", "content", Cancel))!.Value.Length);
    }

    private static long Rows(StoreSize size, string table) => Assert.Single(size.Tables, one => one.Name == table).Rows;
}
