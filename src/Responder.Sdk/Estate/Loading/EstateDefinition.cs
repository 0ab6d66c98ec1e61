using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>An estate as written: a file, with overrides laid over it. The state of the company is made from it, as often as wanted.</summary>
/// <remarks>
/// Overrides: maps are merged key by key, to any depth; a list or a plain value replaces what was there; <c>null</c> takes the key away.
/// <c>faults</c> is the one list that is added to.
/// </remarks>
public sealed class EstateDefinition
{
    private static readonly JsonSerializerOptions Options = MakeOptions();

    private readonly Lazy<JsonObject> _root;
    private readonly string _source;

    private EstateDefinition(Func<JsonObject> root, string source, string fingerprint)
    {
        _root = new Lazy<JsonObject>(root);
        _source = source;
        Fingerprint = fingerprint;
    }

    /// <summary>A mark of what is written: two definitions with the same mark make the same company.</summary>
    internal string Fingerprint { get; }

    /// <summary>YAML or JSON, read when the company is first made: parsing costs more than a start may.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What it is called in messages: a file's name.</param>
    public static EstateDefinition Parse(string text, string source) => new(
        () => EstateYaml.Read(text, source) switch
        {
            JsonObject root => root,
            null => [],
            _ => throw new EstateException($"{source}: an estate is a map with keys such as 'hosts' and 'identity'."),
        },
        source,
        Hex.Sha256(text));

    /// <summary>This estate with another laid over it.</summary>
    /// <param name="overrides">Only what differs.</param>
    public EstateDefinition With(EstateDefinition overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        return new EstateDefinition(
            () =>
            {
                var root = (JsonObject)_root.Value.DeepClone();
                Merge(root, overrides._root.Value, root: true);
                return root;
            },
            $"{_source} with {overrides._source}",
            Hex.Sha256(Fingerprint + overrides.Fingerprint));
    }

    /// <summary>This estate with more faults.</summary>
    /// <param name="text">A list of <see cref="Fault"/>, as YAML or JSON.</param>
    /// <param name="source">What it is called in messages.</param>
    public EstateDefinition WithFaults(string text, string source) => With(new EstateDefinition(
        () => EstateYaml.Read(text, source) switch
        {
            null => [],
            JsonArray list => new JsonObject { ["faults"] = list },
            _ => throw new EstateException($"{source}: faults are a list; each has an 'action' and what goes wrong with it."),
        },
        source,
        Hex.Sha256(text)));

    /// <summary>A fresh state, as at the first start.</summary>
    /// <exception cref="EstateException">A key is unknown, a value of the wrong kind, a group's count wrong.</exception>
    public Company Make()
    {
        try
        {
            var company = _root.Value.Deserialize<Company>(Options)!;
            EstateChecks.Finish(company, _source);
            return company;
        }
        catch (JsonException exception)
        {
            throw new EstateException($"{_source}: {exception.Path}: {exception.Message}", exception);
        }
    }

    /// <summary>A company as JSON, in the shape of its YAML.</summary>
    internal static JsonObject Write(Company company) => (JsonObject)JsonSerializer.SerializeToNode(company, Options)!;

    /// <summary>Faults alone.</summary>
    internal static List<Fault> Faults(string text, string source) =>
        EstateYaml.Read(text, source)?.Deserialize<List<Fault>>(Options) ?? [];

    private static void Merge(JsonObject into, JsonObject over, bool root)
    {
        foreach (var (key, value) in over)
        {
            if (value is null)
            {
                into.Remove(key);
            }
            else if (value is JsonObject map && into[key] is JsonObject inner)
            {
                Merge(inner, map, root: false);
            }
            else if (root && key == "faults" && value is JsonArray more && into[key] is JsonArray there)
            {
                foreach (var fault in more)
                {
                    there.Add(fault?.DeepClone());
                }
            }
            else
            {
                into[key] = value is JsonObject fresh ? WithoutNulls(fresh) : value.DeepClone();
            }
        }
    }

    private static JsonObject WithoutNulls(JsonObject map)
    {
        var clean = new JsonObject();
        Merge(clean, map, root: false);
        return clean;
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(Json.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
        };
        options.Converters.Add(new DurationJson());
        return options;
    }
}
