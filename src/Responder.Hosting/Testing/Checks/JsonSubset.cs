using System.Text.Json;

namespace Responder.Hosting.Testing.Checks;

/// <summary>Compares what was expected of a JSON value with what it is.</summary>
internal static class JsonSubset
{
    /// <summary>Where a value lacks something that is named, or has it otherwise. Of a map only the named keys are compared; a list must be the same.</summary>
    /// <param name="wanted">What is named.</param>
    /// <param name="actual">The value.</param>
    /// <param name="path">Where it is, for messages.</param>
    public static IEnumerable<string> Differences(JsonElement wanted, JsonElement? actual, string path)
    {
        if (wanted.ValueKind != JsonValueKind.Object)
        {
            var same = actual is { } value ? Same(wanted, value) : wanted.ValueKind == JsonValueKind.Null;
            if (!same)
            {
                yield return $"{path} was expected to be {CaseResult.Show(wanted)}; it is {CaseResult.Show(actual)}";
            }

            yield break;
        }

        foreach (var key in wanted.EnumerateObject())
        {
            foreach (var difference in Differences(key.Value, Find(actual, key.Name), $"{path}.{key.Name}"))
            {
                yield return difference;
            }
        }
    }

    /// <summary>True where two values are the same; 1 and 1.0 are.</summary>
    /// <param name="wanted">One.</param>
    /// <param name="actual">The other.</param>
    public static bool Same(JsonElement wanted, JsonElement actual) => (wanted.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => wanted.GetDouble().Equals(actual.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) => wanted.GetArrayLength() == actual.GetArrayLength() && wanted.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Same(pair.First, pair.Second)),
        _ => JsonElement.DeepEquals(wanted, actual),
    };

    private static JsonElement? Find(JsonElement? map, string key)
    {
        if (map is not { ValueKind: JsonValueKind.Object } here)
        {
            return null;
        }

        // Hosts, accounts and paths are one whatever their case.
        return here.TryGetProperty(key, out var exact) ? exact
            : here.EnumerateObject().Where(one => string.Equals(one.Name, key, StringComparison.OrdinalIgnoreCase)).Select(one => (JsonElement?)one.Value).FirstOrDefault();
    }
}
