using Responder.Connectors.Tests.Bench;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>What every connector of a capability must do alike. The mock inherits it, and each real connector over its emulator, so that a mock which drifts fails.</summary>
public abstract class ContractSuite
{
    /// <summary>When the tests play: shortly after the case's alert.</summary>
    protected static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    /// <summary>A connection over the sample estate.</summary>
    /// <param name="overrides">YAML laid over it.</param>
    protected abstract Task<World> OpenAsync(string? overrides = null);
}
