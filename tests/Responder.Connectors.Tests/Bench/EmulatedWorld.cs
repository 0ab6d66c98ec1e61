using Microsoft.Extensions.DependencyInjection;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Tests.Bench;

/// <summary>A real connector over its emulator: a loopback port, the sample estate, a clock that jumps.</summary>
public static class EmulatedWorld
{
    /// <summary>Starts the emulator and opens a connection to it.</summary>
    /// <param name="connector">The connector.</param>
    /// <param name="emulator">Its emulator, new.</param>
    /// <param name="now">When the test plays.</param>
    /// <param name="overrides">YAML laid over the estate.</param>
    /// <param name="settings">Settings besides, or in place of, those that the emulator gives.</param>
    /// <param name="more">Services besides.</param>
    public static async Task<World> OpenAsync(
        IConnector connector, Emulator emulator, DateTimeOffset now, string? overrides = null, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? more = null)
    {
        var time = new JumpTime(now);
        var definition = EstateDefinition.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "estate.yaml")), "estate.yaml");
        var estate = MockEstate.InMemory(overrides is null ? definition : definition.With(EstateDefinition.Parse(overrides, "overrides")), time);
        var server = await EmulatorServer.StartAsync(emulator, estate, new EmulatorServerOptions { Time = time });
        var all = server.Settings;
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        var folder = new TempFolder();
        return new World(new ConnectionBench(connector, folder.Path, time, all, more), estate, server, folder) { Emulator = server, Time = time };
    }
}
