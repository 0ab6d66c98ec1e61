using System.Text.RegularExpressions;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Grammar;

/// <summary>What a key of a playbook takes. The same tree checks files and makes the editors' schema.</summary>
internal abstract class Slot
{
    /// <summary>For messages: <c>a duration</c>, <c>a list of steps</c>.</summary>
    public abstract string Takes { get; }

    /// <summary>True where a node is of the right type; the form is other rules' business.</summary>
    public abstract bool Accepts(YamlNode node);

    /// <summary>What is inside a node that is accepted: each inner node with what it must be, and the key it stands at, if it has one.</summary>
    public virtual IEnumerable<(YamlNode Node, Slot Slot, YamlText? Key)> Inside(YamlNode node) => [];
}

/// <summary>Constant text.</summary>
/// <param name="form">How it must be written; null where any text will do.</param>
internal sealed class TextSlot(TextForm? form = null) : Slot
{
    public TextForm? Form { get; } = form;

    public override string Takes => Form?.Takes ?? "text";

    public override bool Accepts(YamlNode node) => node is YamlText { Kind: ScalarKind.Text };
}

/// <summary>The form of a constant text.</summary>
/// <param name="Takes">For messages.</param>
/// <param name="Pattern">A regular expression over the whole text.</param>
internal sealed record TextForm(string Takes, string Pattern)
{
    private readonly Regex _whole = new($@"\A(?:{Pattern})\z", RegexOptions.CultureInvariant);

    public bool Fits(string text) => _whole.IsMatch(text);
}

/// <summary>One of a few words.</summary>
internal sealed class WordSlot(params string[] words) : Slot
{
    public IReadOnlyList<string> Words { get; } = words;

    public override string Takes => string.Join(" or ", Words);

    public override bool Accepts(YamlNode node) => node is YamlText { IsNull: false };
}

/// <summary>A whole number in a range.</summary>
internal sealed class IntegerSlot(int min, int max) : Slot
{
    public int Min { get; } = min;

    public int Max { get; } = max;

    public override string Takes => $"a whole number from {Min} to {Max}";

    public override bool Accepts(YamlNode node) => node is YamlText { Kind: ScalarKind.Integer };
}

/// <summary>true or false.</summary>
internal sealed class BooleanSlot : Slot
{
    public override string Takes => "true or false";

    public override bool Accepts(YamlNode node) => node is YamlText { Kind: ScalarKind.Boolean };
}

/// <summary>A constant duration.</summary>
internal sealed class DurationSlot : Slot
{
    public override string Takes => "a duration (" + Durations.Form + ")";

    public override bool Accepts(YamlNode node) => node is YamlText { IsNull: false };
}

/// <summary>A bare expression.</summary>
internal sealed class BareSlot : Slot
{
    public override string Takes => "an expression, without ${{ }}";

    public override bool Accepts(YamlNode node) => node is YamlText { IsNull: false };
}

/// <summary>Any value, with <c>${{ }}</c> in it where the author likes.</summary>
internal sealed class ValueSlot : Slot
{
    public override string Takes => "a value";

    public override bool Accepts(YamlNode node) => true;
}

/// <summary>Any value without <c>${{ }}</c>.</summary>
internal sealed class ConstantSlot : Slot
{
    public override string Takes => "a constant";

    public override bool Accepts(YamlNode node) => true;
}
