using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>Text holds nothing that people cannot see and programs act on.</summary>
internal sealed class NoControlCharacters : Rule
{
    public override string Id => "RSP005";

    public override string Title => "No control character, no sign that turns the direction of text, no lone surrogate, written or by an escape.";

    public override void Check(Draft draft, Findings findings)
    {
        InText(draft.Yaml.Text, findings);
        if (draft.Yaml.Root is { } root)
        {
            InEscapes(root, draft, findings);
        }
    }

    private static void InText(string text, Findings findings)
    {
        var (line, column) = (1, 1);
        for (var index = 0; index < text.Length; index++, column++)
        {
            var sign = text[index];
            if (sign == '\n')
            {
                (line, column) = (line + 1, 0);
            }
            else if (IsPair(text, index))
            {
                index++;
                column++;
            }
            else if (IsBad(sign) && !(sign == '\uFEFF' && index == 0))
            {
                findings.Add(new SourcePosition(line, column), $"the character U+{(int)sign:X4} is here, which nobody can see", "take it away");
            }
        }
    }

    private static void InEscapes(YamlNode node, Draft draft, Findings findings)
    {
        switch (node)
        {
            case YamlText { Style: YamlDotNet.Core.ScalarStyle.DoubleQuoted } text:
                for (var index = 0; index < text.Value.Length; index++)
                {
                    if (IsPair(text.Value, index))
                    {
                        index++;
                    }
                    else if (IsBad(text.Value[index]) && !Stands(draft.Yaml.Text, text, text.Value[index]))
                    {
                        findings.Add(ScalarMap.At(draft.Yaml.Text, text, index), $"the escape here gives the character U+{(int)text.Value[index]:X4}, which nobody can see", "take it away");
                    }
                }

                break;
            case YamlList list:
                foreach (var item in list.Items)
                {
                    InEscapes(item, draft, findings);
                }

                break;
            case YamlMap map:
                foreach (var (key, value) in map.Pairs)
                {
                    InEscapes(key, draft, findings);
                    InEscapes(value, draft, findings);
                }

                break;
            default:
                break;
        }
    }

    private static bool Stands(string source, YamlText node, char sign) => source.AsSpan(node.Index, Math.Min(node.End, source.Length) - node.Index).Contains(sign);

    private static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static bool IsBad(char sign) => sign switch
    {
        '\t' or '\n' or '\r' => false,
        < ' ' or (>= '\u007F' and <= '\u009F') => true,
        '\u2028' or '\u2029' or '\uFEFF' or '\u200E' or '\u200F' or '\u061C' => true,
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
        _ => char.IsSurrogate(sign),
    };
}
