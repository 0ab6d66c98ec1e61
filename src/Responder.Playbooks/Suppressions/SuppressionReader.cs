using System.Globalization;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Rules.Scoping;
using YamlDotNet.RepresentationModel;

namespace Responder.Playbooks.Suppressions;

/// <summary>Walks the YAML of a file of suppression rules and keeps every problem.</summary>
internal sealed class SuppressionReader(string file)
{
    public const string Rule = "SUP001";

    private static readonly string[] Keys = ["id", "when", "owner", "reason", "expires", "playbooks"];
    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    private readonly List<Problem> _problems = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Problems => _problems;

    public IReadOnlyList<SuppressionRule> Read(YamlNode root)
    {
        if (root is YamlMappingNode map && map.Children.Count == 1 && map.Children.First() is { Key: YamlScalarNode { Value: "suppress" }, Value: YamlSequenceNode rules })
        {
            return [.. rules.Children.Select(One).OfType<SuppressionRule>()];
        }

        Add(root, "The file has one key, `suppress`, with a list of rules.");
        return [];
    }

    private SuppressionRule? One(YamlNode node)
    {
        if (node is not YamlMappingNode map)
        {
            Add(node, $"A rule is a map with {string.Join(", ", Keys.Select(key => $"`{key}`"))}.");
            return null;
        }

        var before = _problems.Count;
        foreach (var key in map.Children.Keys.Where(key => !Keys.Contains((key as YamlScalarNode)?.Value)))
        {
            Add(key, $"`{(key as YamlScalarNode)?.Value}` is no key of a rule.", $"there are {string.Join(", ", Keys)}");
        }

        var (id, owner, reason) = (Text(map, "id"), Text(map, "owner"), Text(map, "reason"));
        if (id is not null && !_ids.Add(id))
        {
            Add(map, $"Two rules are named `{id}`.");
        }

        var (when, expires, playbooks) = (When(map), Expires(map), Playbooks(map));
        return _problems.Count > before ? null : new SuppressionRule(id!, when!, owner!, reason!, expires!.Value, playbooks, file, At(map));
    }

    private Expression? When(YamlMappingNode map)
    {
        if (Text(map, "when") is not { } text)
        {
            return null;
        }

        var node = map.Children[new YamlScalarNode("when")];
        var parsed = ExpressionParser.Parse(text, At(node));
        foreach (var problem in parsed.Problems)
        {
            Add(node, problem.Message, problem.Hint);
        }

        foreach (var reference in parsed.References)
        {
            if (reference.Path[0] != "alert")
            {
                Add(node, $"`{reference.Path[0]}` is not in scope here.", "only `alert` can be read");
            }
            else if (KnownNames.Alert.Find(reference.Path, 1) is { } unknown)
            {
                Add(node, unknown.Message);
            }
        }

        return parsed.Expression;
    }

    private DateTimeOffset? Expires(YamlMappingNode map)
    {
        if (Text(map, "expires") is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        Add(map, $"`expires: {text}` is no time.", "write 2026-12-31 or 2026-12-31T18:00:00Z");
        return null;
    }

    private List<string> Playbooks(YamlMappingNode map)
    {
        if (!map.Children.TryGetValue(new YamlScalarNode("playbooks"), out var node))
        {
            return [];
        }

        if (node is YamlSequenceNode { Children.Count: > 0 } list && list.Children.All(one => one is YamlScalarNode))
        {
            return [.. list.Children.Select(one => ((YamlScalarNode)one).Value!)];
        }

        Add(node, "`playbooks` is a list of playbooks' ids; leave it out for all.");
        return [];
    }

    private string? Text(YamlMappingNode map, string key)
    {
        if (map.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        Add(map, $"`{key}` is missing: a rule says who answers for it, why, and until when.");
        return null;
    }

    private void Add(YamlNode node, string message, string? hint = null) => _problems.Add(new Problem(file, At(node), Rule, ProblemLevel.Error, message, hint));

    private static SourcePosition At(YamlNode node) => new((int)node.Start.Line, (int)node.Start.Column);
}
