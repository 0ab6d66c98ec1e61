using YamlDotNet.Core;

namespace Responder.Playbooks.Language.Yaml;

/// <summary>A node of a YAML file with its place in the text.</summary>
internal abstract class YamlNode(SourcePosition at, int index)
{
    /// <summary>Where it begins.</summary>
    public SourcePosition At { get; } = at;

    /// <summary>The same as an offset into the text.</summary>
    public int Index { get; } = index;

    /// <summary>For people: <c>text</c>, <c>a list</c>, <c>a map</c>.</summary>
    public abstract string What { get; }
}

/// <summary>Text, a number, true, false or null.</summary>
internal sealed class YamlText(SourcePosition at, int index, string value, ScalarStyle style, int end) : YamlNode(at, index)
{
    public string Value { get; } = value;

    public ScalarStyle Style { get; } = style;

    /// <summary>The offset behind it.</summary>
    public int End { get; } = end;

    /// <summary>What it is by YAML 1.2.</summary>
    public ScalarKind Kind { get; } = style == ScalarStyle.Plain ? Scalars.KindOf(value) : ScalarKind.Text;

    public bool IsNull => Kind == ScalarKind.Null;

    public override string What => Kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Integer or ScalarKind.Number => "a number",
        _ => "text",
    };
}

/// <summary>A list.</summary>
internal sealed class YamlList(SourcePosition at, int index, IReadOnlyList<YamlNode> items) : YamlNode(at, index)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string What => "a list";
}

/// <summary>A map, in the order written. A key that repeats is there twice.</summary>
internal sealed class YamlMap(SourcePosition at, int index, IReadOnlyList<YamlPair> pairs) : YamlNode(at, index)
{
    public IReadOnlyList<YamlPair> Pairs { get; } = pairs;

    public override string What => "a map";

    public YamlPair? Find(string key) => Pairs.FirstOrDefault(pair => pair.Key.Value == key);

    public bool Has(string key) => Find(key) is not null;

    /// <summary>The value of a key; null where the key is not there.</summary>
    public YamlNode? this[string key] => Find(key)?.Value;

    /// <summary>Where a key is written, or the map itself where it is not there.</summary>
    public SourcePosition AtKey(string key) => Find(key)?.Key.At ?? At;
}

/// <summary>A key and its value.</summary>
internal sealed record YamlPair(YamlText Key, YamlNode Value);

/// <summary>A comment.</summary>
/// <param name="At">Where its <c>#</c> stands.</param>
/// <param name="Text">Without the <c>#</c>.</param>
/// <param name="Inline">True where a value stands before it on the line.</param>
internal sealed record YamlComment(SourcePosition At, string Text, bool Inline);
