using System.Text.Json.Nodes;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>JSON merge patch (RFC 7396): maps are merged, <c>null</c> takes a key away, all else replaces.</summary>
internal static class MergePatch
{
    /// <summary>A document with a patch laid over it; the document is changed.</summary>
    /// <param name="target">The document.</param>
    /// <param name="patch">The patch.</param>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var map = target as JsonObject ?? [];
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                map.Remove(key);
                continue;
            }

            var before = map[key];
            map.Remove(key);
            map[key] = Apply(before, value);
        }

        return map;
    }
}
