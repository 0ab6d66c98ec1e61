namespace Responder.Playbooks.Language.Yaml;

/// <summary>A YAML file as a tree, with what the tree does not show: comments, and things of YAML that a playbook does not use.</summary>
internal sealed class YamlFile
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The first document; null where there is none or the text does not parse.</summary>
    public YamlNode? Root { get; init; }

    /// <summary>Comments in the order written.</summary>
    public IReadOnlyList<YamlComment> Comments { get; init; } = [];

    /// <summary>Tags, anchors, aliases and merge keys.</summary>
    public IReadOnlyList<YamlMark> Marks { get; init; } = [];

    /// <summary>Keys that are no text, and documents after the first.</summary>
    public IReadOnlyList<YamlFault> Faults { get; init; } = [];

    /// <summary>Why it does not parse.</summary>
    public YamlFault? Error { get; init; }

    /// <summary>The line's text, without its end.</summary>
    public string Line(int number)
    {
        var lines = Text.AsSpan().EnumerateLines();
        while (lines.MoveNext())
        {
            if (--number == 0)
            {
                return lines.Current.ToString();
            }
        }

        return string.Empty;
    }
}

/// <summary>What YAML has and a playbook does not use.</summary>
internal enum YamlMarkKind
{
    Tag,
    Anchor,
    Alias,
    MergeKey,
}

/// <summary>A tag, anchor, alias or merge key.</summary>
internal sealed record YamlMark(YamlMarkKind Kind, SourcePosition At, string Text);

/// <summary>Something wrong with the YAML itself.</summary>
internal sealed record YamlFault(SourcePosition At, string Message);
