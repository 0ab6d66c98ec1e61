using Responder.Playbooks.Language;
using Responder.Playbooks.Mappings.Sigma;
using YamlDotNet.RepresentationModel;

namespace Responder.Playbooks.Mappings;

/// <summary>Walks the YAML of a mapping file and keeps every problem.</summary>
internal sealed class MappingReader(string file, Func<string, Query> query)
{
    private const string Rule = "MAP001";
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Add(SourcePosition at, string message, string? hint = null) => _problems.Add(new Problem(file, at, Rule, ProblemLevel.Error, message, hint));

    public SourceMapping? Read(YamlNode root)
    {
        if (Map(root, "the file", "source", "description", "shapes", "detections", "counts") is not { } keys)
        {
            return null;
        }

        var source = Text(keys, "source", root);
        if (source is not null && (source.Length == 0 || !source.All(one => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one) || one is '_' or '-')))
        {
            Add(At(keys["source"]), $"`source: {source}` is no name.", "small letters, digits, `_`, `-`: it is a part of an address");
        }

        if (source is "generic" or "auto")
        {
            Add(At(keys["source"]), $"`{source}` is taken: it is built in.");
        }

        var shapes = Items(keys, "shapes", root).Select(Shape).OfType<AlertShape>().ToList();
        if (shapes.GroupBy(shape => shape.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            Add(At(keys["shapes"]), $"Two shapes are named `{twice.Key}`.");
        }

        var detections = keys.ContainsKey("detections") ? Items(keys, "detections", root).Select(node => SigmaReader.Read(node, file, _problems)).OfType<SigmaRule>().ToList() : [];
        var counts = keys.ContainsKey("counts") ? Items(keys, "counts", root).Select(Count).OfType<EventCount>().ToList() : [];
        return source is null ? null : new SourceMapping(source, Optional(keys, "description"), shapes, file) { Detections = detections, Counts = counts };
    }

    private AlertShape? Shape(YamlNode node)
    {
        if (Map(node, "a shape", "name", "when", "windows_event", "event_at", "unflatten", "event", "each", "group_by", "ignore", "severities", "fields") is not { } keys)
        {
            return null;
        }

        var name = Text(keys, "name", node);
        var when = Query(keys, "when", node);
        var fields = Fields(keys, node);
        return name is null || when is null ? null : new AlertShape
        {
            Name = name,
            When = when,
            Each = OptionalQuery(keys, "each"),
            GroupBy = OptionalQuery(keys, "group_by"),
            WindowsEvent = Truth(keys, "windows_event"),
            EventAt = OptionalQuery(keys, "event_at"),
            Unflatten = Truth(keys, "unflatten"),
            IsEvent = Truth(keys, "event"),
            Ignore = keys.ContainsKey("ignore") ? [.. Items(keys, "ignore", node).Select(Ignored).OfType<Ignored>()] : [],
            Fields = fields,
            Severities = Severities(keys),
        };
    }

    private EventCount? Count(YamlNode node)
    {
        if (Map(node, "a count", "id", "title", "description", "when", "roots", "elsewhere", "more_than", "window", "severity_score", "tags", "benign_folders", "benign_images") is not { } keys)
        {
            return null;
        }

        if (!int.TryParse(Optional(keys, "more_than"), out var least) || least < 1)
        {
            Add(At(keys.GetValueOrDefault("more_than", node)), "`more_than` is a whole number over 0.");
        }

        if (!Durations.TryParse(Optional(keys, "window") ?? string.Empty, out var window))
        {
            Add(At(keys.GetValueOrDefault("window", node)), "`window` is a duration: 15m.");
        }

        if (!int.TryParse(Optional(keys, "severity_score"), out var score) || score is < 0 or > 100)
        {
            Add(At(keys.GetValueOrDefault("severity_score", node)), "`severity_score` is a whole number from 0 to 100.");
        }

        return Text(keys, "id", node) is { } id && Text(keys, "title", node) is { } title && Query(keys, "when", node) is { } when
            ? new EventCount
            {
                Id = id, Title = title, Description = Optional(keys, "description"), When = when, MoreThan = least, Window = window, SeverityScore = score,
                Elsewhere = Truth(keys, "elsewhere"), Roots = Patterns(keys, "roots"), BenignFolders = Patterns(keys, "benign_folders"), BenignImages = Patterns(keys, "benign_images"),
                Tags = Texts(keys, "tags"),
            }
            : null;
    }

    private List<PathPattern> Patterns(Dictionary<string, YamlNode> keys, string name) => [.. Texts(keys, name).Select(text => new PathPattern(text))];

    private List<string> Texts(Dictionary<string, YamlNode> keys, string name) =>
        keys.TryGetValue(name, out var node) ? [.. Items(keys, name, node).Select(one => (one as YamlScalarNode)?.Value).OfType<string>()] : [];

    private Ignored? Ignored(YamlNode node) =>
        Map(node, "an item of `ignore`", "when", "reason") is { } keys && Query(keys, "when", node) is { } when && Text(keys, "reason", node) is { } reason ? new Ignored(when, reason) : null;

    private Dictionary<string, Query> Fields(Dictionary<string, YamlNode> shape, YamlNode node)
    {
        var fields = new Dictionary<string, Query>(StringComparer.Ordinal);
        if (!shape.TryGetValue("fields", out var value) || value is not YamlMappingNode map)
        {
            Add(At(node), "A shape needs `fields`: names of the normal form, each with a JMESPath query.");
            return fields;
        }

        foreach (var (key, text) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (!MappingFields.All.Contains(name))
            {
                var near = MappingFields.All.FirstOrDefault(one => one.EndsWith("." + name, StringComparison.Ordinal) || one.StartsWith(name, StringComparison.Ordinal));
                Add(At(key), $"`{name}` is no field that a mapping fills.", near is null ? null : $"did you mean `{near}`?");
            }
            else if (Compile(text) is { } compiled)
            {
                fields[name] = compiled;
            }
        }

        return fields;
    }

    private Dictionary<string, int> Severities(Dictionary<string, YamlNode> shape)
    {
        var result = new Dictionary<string, int>(StringComparer.Ordinal);
        if (!shape.TryGetValue("severities", out var value))
        {
            return result;
        }

        foreach (var (key, score) in (value as YamlMappingNode ?? []).Children)
        {
            if (int.TryParse((score as YamlScalarNode)?.Value, out var number) && number is >= 0 and <= 100)
            {
                result[((key as YamlScalarNode)?.Value ?? string.Empty).ToLowerInvariant()] = number;
            }
            else
            {
                Add(At(score), "A severity is a whole number from 0 to 100.");
            }
        }

        return result;
    }

    private Dictionary<string, YamlNode>? Map(YamlNode node, string what, params string[] known)
    {
        if (node is not YamlMappingNode map)
        {
            Add(At(node), $"{char.ToUpperInvariant(what[0])}{what[1..]} is a map with {string.Join(", ", known.Select(one => $"`{one}`"))}.");
            return null;
        }

        var result = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                Add(At(key), $"`{name}` is no key of {what}.", $"there are {string.Join(", ", known)}");
            }

            result[name] = value;
        }

        return result;
    }

    private IEnumerable<YamlNode> Items(Dictionary<string, YamlNode> keys, string name, YamlNode parent)
    {
        if (keys.TryGetValue(name, out var node) && node is YamlSequenceNode list)
        {
            return list.Children;
        }

        Add(At(keys.GetValueOrDefault(name, parent)), $"`{name}` is missing, or is no list.");
        return [];
    }

    private string? Text(Dictionary<string, YamlNode> keys, string name, YamlNode parent)
    {
        if (Optional(keys, name) is { } text)
        {
            return text;
        }

        Add(At(parent), $"`{name}` is missing.");
        return null;
    }

    private static string? Optional(Dictionary<string, YamlNode> keys, string name) => (keys.GetValueOrDefault(name) as YamlScalarNode)?.Value;

    private bool Truth(Dictionary<string, YamlNode> keys, string name)
    {
        var text = Optional(keys, name);
        if (text is not (null or "true" or "false"))
        {
            Add(At(keys[name]), $"`{name}` is true or false.");
        }

        return text == "true";
    }

    private Query? Query(Dictionary<string, YamlNode> keys, string name, YamlNode parent) => Text(keys, name, parent) is null ? null : Compile(keys[name]);

    private Query? OptionalQuery(Dictionary<string, YamlNode> keys, string name) => keys.TryGetValue(name, out var node) ? Compile(node) : null;

    private Query? Compile(YamlNode node)
    {
        try
        {
            return query((node as YamlScalarNode)?.Value ?? throw new FormatException("A query is text."));
        }
        catch (FormatException error)
        {
            Add(At(node), error.Message);
            return null;
        }
    }

    private static SourcePosition At(YamlNode node) => new((int)node.Start.Line, (int)node.Start.Column);
}
