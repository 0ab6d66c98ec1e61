using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Rules.Scoping;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks.Language.Reading;

/// <summary>
/// A playbook as it was read and before it is judged: the tree, what each node had to be, and a playbook made as well as could be done, so that every rule has
/// something to look at and an author sees everything at once.
/// </summary>
internal sealed class Draft
{
    /// <summary>The file as it is named to people.</summary>
    public required string File { get; init; }

    /// <summary>What is known of the place where it will run.</summary>
    public required ReadOptions Options { get; init; }

    /// <summary>The tree.</summary>
    public required YamlFile Yaml { get; init; }

    /// <summary>Every node that the grammar reaches, with what it had to be.</summary>
    public IReadOnlyList<Visit> Visits { get; init; } = [];

    /// <summary>The playbook; null where the text is no map. Parts that could not be read are replaced, and listed in <see cref="Unbuilt"/>.</summary>
    public Playbook? Playbook { get; private set; }

    /// <summary>Expressions, where they are written, and what they read.</summary>
    public ExpressionTable Expressions { get; } = new();

    /// <summary>Where each step, input and approval is in the tree.</summary>
    public Dictionary<object, YamlMap> Nodes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What could not be read: with any of these the playbook cannot run, whatever the rules are.</summary>
    public List<YamlFault> Unbuilt { get; } = [];

    private ScopeReport? _scopes;

    /// <summary>What its expressions read, judged step by step.</summary>
    public ScopeReport Scopes => _scopes ??= ScopeReport.Of(this);

    public static Draft Read(string file, string text, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        var yaml = YamlReader.Read(text);
        var draft = new Draft { File = file, Options = options, Yaml = yaml, Visits = yaml.Root is { } root ? Visit.Walk(root, PlaybookGrammar.Playbook) : [] };
        if (yaml.Error is { } error)
        {
            draft.Unbuilt.Add(error);
        }
        else if (yaml.Root is YamlMap map)
        {
            draft.Playbook = new PlaybookBuilder(draft).Build(map);
        }
        else
        {
            draft.Unbuilt.Add(new YamlFault(yaml.Root?.At ?? new SourcePosition(1, 1), "a playbook is a map of keys"));
        }

        return draft;
    }

    /// <summary>The action of a step; null where there is none of that name.</summary>
    public ActionDescriptor? ActionOf(ActionStep step) => Options.Catalog.Find(step.Uses);

    /// <summary>The map that a step, an input or an approval was read from.</summary>
    public YamlMap NodeOf(object part) => Nodes[part];
}
