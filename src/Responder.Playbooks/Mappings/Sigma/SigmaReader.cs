using System.Text.RegularExpressions;
using Responder.Playbooks.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>Reads rules in Sigma's own form, one or many documents a file.</summary>
public static class SigmaReader
{
    private const string Rule = "SIG001";

    /// <summary>Reads and compiles them.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">Its name, for problems.</param>
    /// <exception cref="MappingFailure">A rule has problems.</exception>
    public static IReadOnlyList<SigmaRule> Read(string yaml, string file)
    {
        var problems = new List<Problem>();
        var rules = new List<SigmaRule>();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            foreach (var document in stream.Documents)
            {
                if (Read(document.RootNode, file, problems) is { } rule)
                {
                    rules.Add(rule);
                }
            }
        }
        catch (YamlException error)
        {
            problems.Add(new Problem(file, new SourcePosition((int)error.Start.Line, (int)error.Start.Column), Rule, ProblemLevel.Error, $"It is no YAML: {error.Message}"));
        }

        return problems.Count == 0 ? rules : throw new MappingFailure(problems);
    }

    internal static SigmaRule? Read(YamlNode node, string file, List<Problem> problems)
    {
        try
        {
            var map = node as YamlMappingNode ?? throw new FormatException("A rule is a map with `title`, `logsource` and `detection`.");
            var detection = Member(map, "detection") as YamlMappingNode ?? throw new FormatException("`detection` is missing.");
            var source = Member(map, "logsource") as YamlMappingNode ?? throw new FormatException("`logsource` is missing.");
            var tags = Texts(Member(map, "tags")).OfType<string>().ToList();
            return new SigmaRule(Condition(detection))
            {
                Id = Text(map, "id") ?? file,
                Title = Text(map, "title") ?? throw new FormatException("`title` is missing."),
                Description = Text(map, "description")?.Trim(),
                Level = Text(map, "level") ?? "medium",
                SeverityScore = int.TryParse(Text(map, "severity_score"), out var score) ? Math.Clamp(score, 0, 100) : null,
                Tags = tags,
                LogSource = new SigmaLogSource(Text(source, "product"), Text(source, "category"), Text(source, "service")),
                Extract = Extracts(Member(map, "extract") as YamlMappingNode),
                File = file,
            };
        }
        catch (FormatException error)
        {
            problems.Add(new Problem(file, new SourcePosition((int)node.Start.Line, (int)node.Start.Column), Rule, ProblemLevel.Error, error.Message));
            return null;
        }
    }

    private static SigmaCondition Condition(YamlMappingNode detection)
    {
        var selections = new Dictionary<string, SigmaCondition>(StringComparer.Ordinal);
        foreach (var (key, value) in detection.Children)
        {
            if (key is YamlScalarNode { Value: { } name } && name is not ("condition" or "timeframe"))
            {
                selections[name] = Selection(value);
            }
        }

        var conditions = Texts(Member(detection, "condition")).Select(text => SigmaConditionParser.Parse(text ?? string.Empty, selections)).ToList();
        return conditions.Count switch
        {
            0 => throw new FormatException("`condition` is missing."),
            1 => conditions[0],
            _ => new SigmaCondition.Some(conditions, 1),
        };
    }

    private static SigmaCondition.Selection Selection(YamlNode node) => node switch
    {
        YamlMappingNode map => new([Fields(map)]),
        YamlSequenceNode list when list.Children.Any(one => one is YamlMappingNode) =>
            new([.. list.Children.Select(one => one is YamlMappingNode map ? Fields(map) : [SigmaField.Keywords(Texts(one))])]),
        _ => new([[SigmaField.Keywords(Texts(node))]]),
    };

    private static List<SigmaField> Fields(YamlMappingNode map) =>
        [.. map.Children.Select(one => SigmaField.Compile((one.Key as YamlScalarNode)?.Value ?? string.Empty, Texts(one.Value)))];

    private static List<SigmaExtract> Extracts(YamlMappingNode? map)
    {
        var result = new List<SigmaExtract>();
        foreach (var (key, value) in (map ?? []).Children)
        {
            var target = (key as YamlScalarNode)?.Value ?? string.Empty;
            if (!MappingFields.All.Contains(target) || value is not YamlMappingNode inner || Text(inner, "field") is not { } field || Text(inner, "pattern") is not { } pattern)
            {
                throw new FormatException($"`extract.{target}` needs a field of the alert, and in it `field` and `pattern`.");
            }

            try
            {
                result.Add(new SigmaExtract(target, field, new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100))));
            }
            catch (ArgumentException error)
            {
                throw new FormatException($"`{pattern}` is no regular expression: {error.Message}", error);
            }
        }

        return result;
    }

    private static YamlNode? Member(YamlMappingNode map, string name) => map.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    private static string? Text(YamlMappingNode map, string name) => (Member(map, name) as YamlScalarNode)?.Value;

    private static List<string?> Texts(YamlNode? node) => node switch
    {
        YamlSequenceNode list => [.. list.Children.Select(one => Scalar(one as YamlScalarNode))],
        YamlScalarNode scalar => [Scalar(scalar)],
        _ => [],
    };

    // A plain null is "not there"; 'null' in quotes is a word.
    private static string? Scalar(YamlScalarNode? node) =>
        node is null or { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } ? null : node.Value;
}
