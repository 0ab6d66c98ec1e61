using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;
using System.Text.RegularExpressions;

namespace Responder.Playbooks.Rules;

/// <summary>Inputs and the fields of forms: their types are known, and their constants have them.</summary>
internal sealed class InputsAreSound : Rule
{
    public override string Id => "RSP024";

    public override string Title => "An input's (or form field's) type is known; its `default`, `enum` and `pattern` fit it.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var (input, map) in draft.Nodes.Where(one => one.Key is InputDefinition).Select(one => ((InputDefinition)one.Key, one.Value)))
        {
            if (map["type"] is YamlText { Kind: ScalarKind.Text } type && !InputForms.Types.Contains(input.Type.Base))
            {
                findings.Add(type.At, $"there is no type `{input.Type.Base}`", Nearest.Hint(input.Type.Base, InputForms.Types) ?? "there are " + string.Join(", ", InputForms.Types));
                continue;
            }

            var one = input with { Type = input.Type with { IsList = false }, Required = true, Enum = [], Pattern = null };
            foreach (var (value, node) in input.Enum.Zip((map["enum"] as YamlList)?.Items ?? []).Where(pair => InputForms.Check(pair.First, one) is not null))
            {
                findings.Add(node.At, InputForms.Check(value, one with { Name = "enum" })!);
            }

            if (map["pattern"] is YamlText pattern && !IsRegex(pattern.Value))
            {
                findings.Add(pattern.At, $"'{pattern.Value}' is no regular expression");
            }
            else if (map["pattern"] is { } useless && input.Type.Base is "integer" or "number" or "boolean" or "object")
            {
                findings.Add(useless.At, $"a pattern is for text, `{input.Name}` is {input.Type}");
            }
            else if (input.Default is { } given && ConstantValue.Of(given) is { } constant && InputForms.Check(constant, input with { Name = "default", Required = false }) is { } wrong)
            {
                findings.Add(given.At, wrong);
            }
        }
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
