using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Tests.Shared;

/// <summary>Breaks alerts: other values in any place of their JSON, deep nesting, long lists, other encodings, flipped and missing bytes.</summary>
/// <param name="hostile">Texts that are put in.</param>
internal sealed class AlertMutator(IReadOnlyList<string> hostile)
{
    /// <summary>A broken form of a body; the same for the same state of <paramref name="random"/>.</summary>
    public byte[] Mutate(string body, Random random)
    {
        if (random.Next(3) != 0 && TryJson(body) is { } json)
        {
            body = Changed(json, random).ToJsonString();
        }

        var bytes = random.Next(12) switch { 0 => Encoding.Unicode.GetBytes(body), 1 => Encoding.Latin1.GetBytes(body), 2 => Encoding.UTF32.GetBytes(body), _ => Encoding.UTF8.GetBytes(body) };
        for (var flips = random.Next(3) == 0 ? random.Next(1, 8) : 0; flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static JsonNode? TryJson(string body)
    {
        try
        {
            return JsonNode.Parse(body) is { } node and (JsonObject or JsonArray) ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonNode Changed(JsonNode root, Random random)
    {
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var places = Places(root).ToList();
            if (places.Count == 0)
            {
                break;
            }

            var (parent, name, index) = places[random.Next(places.Count)];
            var value = Value(random);
            if (parent is JsonObject map)
            {
                map[random.Next(12) == 0 ? Name(random) : name!] = value;
            }
            else
            {
                ((JsonArray)parent)[index] = value;
            }
        }

        return random.Next(15) == 0 ? new JsonArray(root, root.DeepClone()) : root;
    }

    private JsonNode? Value(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => random.NextInt64(long.MinValue, long.MaxValue),
        2 => random.NextDouble() * 1e300,
        3 => random.Next(2) == 0,
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(2000)).Select(i => (JsonNode?)i.ToString(CultureInfo.InvariantCulture))]),
        5 => Deep(random.Next(1, 100)),
        6 => new JsonObject { ["a"] = Hostile(random) },
        _ => Hostile(random),
    };

    private string Hostile(Random random) => hostile[random.Next(hostile.Count)];

    // A name with half a character can't be written at all.
    private string Name(Random random) => string.Concat(Hostile(random).Select(one => char.IsSurrogate(one) ? 'x' : one));

    private static JsonNode Deep(int levels)
    {
        JsonNode node = "end";
        for (var i = 0; i < levels; i++)
        {
            node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { ["d"] = node };
        }

        return node;
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Places(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(one => (one.Value is null ? [] : Places(one.Value)).Append((map, one.Key, 0))),
        JsonArray list => list.SelectMany((one, i) => (one is null ? [] : Places(one)).Append((list, null, i))),
        _ => [],
    };
}
