using System.Text.Json;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Yaml;
using YamlStyle = YamlDotNet.Core.ScalarStyle;

namespace Responder.Playbooks.Language.Reading;

/// <summary>Values and expressions from nodes.</summary>
internal sealed class ValueBuilder(Draft draft)
{
    /// <summary>A bare expression.</summary>
    public Expression Bare(YamlNode? node, SourcePosition at)
    {
        if (node is not YamlText { IsNull: false } text)
        {
            draft.Unbuilt.Add(new YamlFault(node?.At ?? at, "an expression is missing"));
            return new BrokenExpression(string.Empty, node?.At ?? at);
        }

        var parsed = ExpressionParser.Parse(text.Value, ScalarMap.At(draft.Yaml.Text, text, 0), Locate(text));
        var expression = parsed.Expression ?? new BrokenExpression(text.Value, text.At);
        draft.Expressions.Add(expression, parsed.References, new ExpressionSite(text, true, null, parsed.Problems, parsed.Expression is null ? [] : [expression], null));
        Note(parsed.Problems);
        return expression;
    }

    /// <summary>A bare expression that need not be there.</summary>
    public Expression? BareOrNone(YamlMap map, string key) => map[key] is { } node ? Bare(node, map.At) : null;

    /// <summary>A value; a scalar may hold <c>${{ }}</c>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="language">The other language of the field, or null.</param>
    public ValueNode Value(YamlNode node, string? language = null) => node switch
    {
        YamlList list => new ListNode([.. list.Items.Select(item => Value(item))], list.At),
        YamlMap map => new MapNode([.. map.Pairs.Select(pair => KeyValuePair.Create(pair.Key.Value, Value(pair.Value)))], map.At),
        _ => Scalar((YamlText)node, language),
    };

    public ValueNode? ValueOrNone(YamlMap map, string key) => map[key] is { } node ? Value(node) : null;

    /// <summary>Names and values.</summary>
    /// <param name="node">A map; anything else gives none.</param>
    /// <param name="languageOf">The other language of a field by its name, or null.</param>
    public IReadOnlyDictionary<string, ValueNode> Values(YamlNode? node, Func<string, string?>? languageOf = null)
    {
        var values = new Dictionary<string, ValueNode>();
        foreach (var (key, value) in (node as YamlMap)?.Pairs ?? [])
        {
            values.TryAdd(key.Value, Value(value, languageOf?.Invoke(key.Value)));
        }

        return values;
    }

    private ValueNode Scalar(YamlText text, string? language)
    {
        var style = text.Style == YamlStyle.Plain ? ScalarStyle.Plain : ScalarStyle.Quoted;
        if (!text.Value.Contains("${{", StringComparison.Ordinal))
        {
            return ValueParser.Scalar(text.Value, style, text.At, language).Node!;
        }

        var parsed = ValueParser.Scalar(text.Value, style, ScalarMap.At(draft.Yaml.Text, text, 0), language, Locate(text));
        var node = parsed.Node ?? new ConstantNode(JsonSerializer.SerializeToElement(text.Value), text.At);
        draft.Expressions.Add(node, parsed.References, new ExpressionSite(text, false, language, parsed.Problems, [.. node.Expressions()], parsed.Node));
        Note(parsed.Problems);
        return node;
    }

    private Func<int, SourcePosition> Locate(YamlText text) => offset => ScalarMap.At(draft.Yaml.Text, text, offset);

    private void Note(IReadOnlyList<ExpressionProblem> problems) =>
        draft.Unbuilt.AddRange(problems.Select(problem => new YamlFault(problem.At, problem.Message)));
}
