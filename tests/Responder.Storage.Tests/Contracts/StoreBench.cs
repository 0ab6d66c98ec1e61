using Microsoft.Extensions.Time.Testing;

namespace Responder.Storage.Tests;

/// <summary>An empty store with a clock of its own; disposing it removes it.</summary>
public abstract class StoreBench : IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-03-04T05:06:07.890Z", System.Globalization.CultureInfo.InvariantCulture));

    public abstract IStore Store { get; }

    /// <summary>The same store, closed and opened again.</summary>
    public abstract Task ReopenAsync();

    public abstract ValueTask DisposeAsync();
}
