using Microsoft.Extensions.Time.Testing;
using Responder.Engine.Audit;
using Responder.Storage.Audit;

namespace Responder.Storage.Tests;

/// <summary>An empty store with a clock of its own; disposing it removes it.</summary>
public abstract class StoreBench : IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-03-04T05:06:07.890Z", System.Globalization.CultureInfo.InvariantCulture));

    public abstract IStore Store { get; }

    /// <summary>The same store, closed and opened again.</summary>
    public abstract Task ReopenAsync();

    /// <summary>Does to the database what somebody could who has it, and not the key.</summary>
    public abstract Task TamperAsync(string sql);

    /// <summary>Checks the audit beside the open store.</summary>
    public abstract Task<AuditVerdict> VerifyAsync(params IReadOnlyList<AuditHead> anchors);

    public abstract ValueTask DisposeAsync();
}
