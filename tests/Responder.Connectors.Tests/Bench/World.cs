using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Tests.Bench;

/// <summary>A connection and the estate that is behind it: in process for the mock, behind an emulator for a real connector.</summary>
public sealed class World(ConnectionBench connection, MockEstate estate, params IDisposable[] rest) : IAsyncDisposable
{
    public ConnectionBench Connection { get; } = connection;

    public MockEstate Estate { get; } = estate;

    /// <summary>The emulator between them, for a real connector: its log of calls and its faults.</summary>
    public EmulatorServer? Emulator { get; init; }

    /// <summary>The clock of both, for a real connector.</summary>
    public JumpTime? Time { get; init; }

    /// <summary>Counts at the product itself, where no estate is behind it.</summary>
    public Func<string, int>? CountBy { get; init; }

    /// <summary>How often an action was done.</summary>
    public int Count(string action) => CountBy is { } count ? count(action) : Estate.Effects().TryGetValue(action, out var effect) ? effect.Count : 0;

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        foreach (var one in rest)
        {
            one.Dispose();
        }
    }
}
