using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Edr;
using Responder.Sdk.Identity;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Tests;

/// <summary>What was done outlives the process.</summary>
public sealed class OnDiskTests
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);
    private const string Host = "4f1c0de2a94b4c7a8e3d6b7f90a1c045";

    [Fact]
    public async Task An_effect_is_a_line_on_disk_when_it_is_answered()
    {
        using var folder = new TempFolder();
        await using var world = MockWorlds.Open(Now, folder: folder);
        await world.Connection.DoAsync(new IsolateHost(Host, "SOC-142"), world.Connection.Step("isolate"));
        using var file = new FileStream(Path.Combine(folder.Path, "mock-estate.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var line = JsonDocument.Parse(await new StreamReader(file).ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("edr.isolate_host", line.RootElement.GetProperty("action").GetString());
        Assert.Equal("ENG-WS-045", line.RootElement.GetProperty("target").GetString());
        Assert.Equal("run-1", line.RootElement.GetProperty("run").GetString());
        Assert.Equal(64, line.RootElement.GetProperty("key").GetString()!.Length);
    }

    [Fact]
    public async Task After_a_kill_everything_is_as_it_was_left()
    {
        using var folder = new TempFolder();
        var before = MockWorlds.Open(Now, folder: folder);
        await before.Connection.DoAsync(new IsolateHost(Host));
        await before.Connection.DoAsync(new DeleteFolder(Host, @"C:\temp\staging"));
        await before.Connection.DoAsync(new DisableUser("alexchen@company.com"));
        var key = (await before.Connection.ReadAsync(new CreateTicket("SOC", "Incident", "Data staged"))).Key;
        await before.Connection.DoAsync(new CloseTicket(key, "Benign"));
        var state = before.Estate.State().GetRawText();

        // The folder as a kill leaves it: copied while the first process still has it open.
        using var after = new TempFolder();
        File.Copy(Path.Combine(folder.Path, "mock-estate.jsonl"), Path.Combine(after.Path, "mock-estate.jsonl"));
        await using var again = MockWorlds.Open(Now, folder: after);
        Assert.Equal(state, again.Estate.State().GetRawText());
        Assert.Equal("SOC-142", key);
        Assert.Equal("SOC-143", (await again.Connection.ReadAsync(new CreateTicket("SOC", "Incident", "Another"))).Key);
        Assert.All(again.Estate.Effects().Where(effect => effect.Key != "tickets.create"), effect => Assert.Equal(1, effect.Value.Count));
        await before.DisposeAsync();
    }

    [Fact]
    public async Task Reads_and_what_is_so_already_are_not_counted()
    {
        await using var world = MockWorlds.Open(Now);
        await world.Connection.DoAsync(new FindHost("ENG-WS-045"));
        await world.Connection.DoAsync(new ListFolder(Host, @"C:\temp\staging"));
        await world.Connection.DoAsync(new IsolateHost("9e40af1b32c54d6e8f90a1b2c3d40009"));
        await world.Connection.DoAsync(new EnableUser("alexchen@company.com"));
        Assert.Empty(world.Estate.Effects());
        Assert.Empty(world.Estate.History);
    }
}
