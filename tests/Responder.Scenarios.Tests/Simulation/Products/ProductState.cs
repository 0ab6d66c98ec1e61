using System.Text.Json;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>What an action changes: a name for the thing that is changed, and what it is after.</summary>
/// <param name="Name">Connection, target and what of it.</param>
/// <param name="To">How it stands after.</param>
internal sealed record ProductState(string Name, string To)
{
    public const string Free = "free";

    public static ProductState? Of(string connection, string action, JsonElement inputs)
    {
        var (field, what, to) = action switch
        {
            "edr.isolate_host" => ("host", "isolation", "isolated"),
            "edr.release_host" => ("host", "isolation", Free),
            "identity.disable_user" => ("user", "account", "disabled"),
            "identity.enable_user" => ("user", "account", Free),
            _ => (null, null, null),
        };
        return field is null ? null : new ProductState($"{connection}/{inputs.GetProperty(field).GetString()}/{what}", to!);
    }
}
