using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>The text is YAML, one document, a map.</summary>
internal sealed class YamlParses : Rule
{
    public override string Id => "RSP001";

    public override string Title => "The file is YAML: one document, a map, with text as keys.";

    public override void Check(Draft draft, Findings findings)
    {
        foreach (var fault in draft.Yaml.Faults)
        {
            findings.Add(fault.At, fault.Message);
        }

        if (draft.Yaml.Error is { } error)
        {
            findings.Add(error.At, "this is not YAML: " + error.Message, Hint(draft.Yaml.Line(error.At.Line)));
        }
        else if (draft.Playbook is null)
        {
            findings.Add(draft.Yaml.Root?.At ?? new(1, 1), "a playbook is a map of keys", "begin with `id: my-playbook`");
        }
    }

    // The usual cause on a line with an expression is a missing quote.
    private static string? Hint(string line)
    {
        var value = line[(line.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..].Trim();
        var expression = line.Contains("${{", StringComparison.Ordinal) || Bare.Any(key => line.TrimStart(' ', '-').StartsWith(key + ":", StringComparison.Ordinal));
        return value.Length > 0 && (expression || "!'\"[{*&@`".Contains(value[0], StringComparison.Ordinal) || value.Contains(": ", StringComparison.Ordinal))
            ? "quote the whole value, or write it on the next line after `>-`: an expression that begins with ! ' \" [ { * & @ or a backtick, or holds `: ` or ` #`, needs it, and so does any inside { }"
            : null;
    }

    private static readonly string[] Bare = ["when", "if", "while", "foreach", "switch", "until", "match", "happened"];
}
