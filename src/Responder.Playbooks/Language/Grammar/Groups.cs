using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Grammar;

/// <summary>A list of one kind of thing.</summary>
internal sealed class ListSlot(Slot item, string takes, bool mayBeEmpty = false) : Slot
{
    public Slot Item { get; } = item;

    public bool MayBeEmpty { get; } = mayBeEmpty;

    public override string Takes => takes;

    public override bool Accepts(YamlNode node) => node is YamlList list && (MayBeEmpty || list.Items.Count > 0);

    public override IEnumerable<(YamlNode Node, Slot Slot, YamlText? Key)> Inside(YamlNode node) =>
        ((YamlList)node).Items.Select(item => (item, Item, (YamlText?)null));
}

/// <summary>Names that the author chooses, each with the same kind of thing.</summary>
/// <param name="item">What each name has.</param>
/// <param name="names">What the names are: <c>an input</c>.</param>
/// <param name="takes">For messages.</param>
/// <param name="form">The names' form; null where any text will do.</param>
/// <param name="mayBeEmpty">True where there may be none.</param>
internal sealed class NamesSlot(Slot item, string names, string takes, TextForm? form, bool mayBeEmpty = false) : Slot
{
    public Slot Item { get; } = item;

    public string Names { get; } = names;

    public TextForm? Form { get; } = form;

    public bool MayBeEmpty { get; } = mayBeEmpty;

    public override string Takes => takes;

    public override bool Accepts(YamlNode node) => node is YamlMap map && (MayBeEmpty || map.Pairs.Count > 0);

    public override IEnumerable<(YamlNode Node, Slot Slot, YamlText? Key)> Inside(YamlNode node) =>
        ((YamlMap)node).Pairs.Select(pair => (pair.Value, Item, (YamlText?)pair.Key));
}

/// <summary>A map with fixed keys.</summary>
internal sealed class ShapeSlot(Func<YamlMap?, Shape> shape, string takes) : Slot
{
    /// <summary>The shape; which one may depend on the map (a step's kind). The union of all where no map is given.</summary>
    public Shape Shape(YamlMap? map = null) => shape(map);

    public override string Takes => takes;

    public override bool Accepts(YamlNode node) => node is YamlMap;

    public override IEnumerable<(YamlNode Node, Slot Slot, YamlText? Key)> Inside(YamlNode node)
    {
        var map = (YamlMap)node;
        var keys = Shape(map);
        return map.Pairs
            .Select(pair => (pair, Key: keys.Find(pair.Key.Value)))
            .Where(one => one.Key is not null)
            .Select(one => (one.pair.Value, one.Key!.Slot, (YamlText?)one.pair.Key));
    }
}

/// <summary>One thing or another: told apart by whether it is a scalar, a list or a map.</summary>
internal sealed class EitherSlot(string takes, Slot? scalar = null, Slot? list = null, Slot? map = null) : Slot
{
    public IEnumerable<Slot> All => new[] { scalar, list, map }.OfType<Slot>();

    public override string Takes => takes;

    public Slot? For(YamlNode node) => node switch
    {
        YamlText => scalar,
        YamlList => list,
        _ => map,
    };

    public override bool Accepts(YamlNode node) => For(node)?.Accepts(node) ?? false;

    public override IEnumerable<(YamlNode Node, Slot Slot, YamlText? Key)> Inside(YamlNode node) => [(node, For(node)!, null)];
}

/// <summary>A map's keys.</summary>
/// <param name="Name">What it is, for messages: <c>an input</c>, <c>a step of kind `uses`</c>.</param>
/// <param name="Keys">The keys it may have.</param>
internal sealed record Shape(string Name, IReadOnlyList<Key> Keys)
{
    private readonly Dictionary<string, Key> _byName = Keys.ToDictionary(key => key.Name);

    public Key? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>A key of a map.</summary>
/// <param name="Name">The key.</param>
/// <param name="Slot">What it takes.</param>
/// <param name="About">One sentence for editors.</param>
/// <param name="Required">True where it must be there.</param>
internal sealed record Key(string Name, Slot Slot, string About, bool Required = false);
