using System.Text.Json;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>An enum's word as results have it: snake_case.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
