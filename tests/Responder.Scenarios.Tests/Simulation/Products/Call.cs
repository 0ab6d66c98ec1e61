using System.Text.Json;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Sdk;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>A call that acts, from the moment in which it left our hands.</summary>
internal sealed class Call
{
    public required SimProcess From { get; init; }

    public required string RunId { get; init; }

    public required string Path { get; init; }

    public required string Key { get; init; }

    public required int Attempt { get; init; }

    public required string Connection { get; init; }

    public required string Connector { get; init; }

    public required string Action { get; init; }

    /// <summary>The rule that the connector declares.</summary>
    public required Recover Rule { get; init; }

    public required JsonElement Inputs { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When the product did it; null where it did not, or has not yet.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>From when the product's own lists show it: an index lags.</summary>
    public DateTimeOffset? SeenFrom { get; set; }

    /// <summary>True where the product had nothing to change.</summary>
    public bool AlreadySo { get; set; }

    /// <summary>How the answer told it, as the process got it; null where no answer came.</summary>
    public string? Told { get; set; }
}
