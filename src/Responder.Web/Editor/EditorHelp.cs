using System.Text.Json;
using System.Text.RegularExpressions;
using Responder.Playbooks.Schema;
using Responder.Sdk.Catalog;

namespace Responder.Web.Editor;

/// <summary>What the editor proposes and says of a word: from the schema of playbooks and the catalogue of actions.</summary>
internal sealed partial class EditorHelp
{
    private readonly ActionCatalog _catalog;
    private readonly Lazy<Keys> _keys;

    public EditorHelp(ActionCatalog catalog)
    {
        _catalog = catalog;
        _keys = new Lazy<Keys>(() => Keys.Read(SchemaWriter.Write(catalog)));
    }

    /// <summary>Proposals at a place.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">From 1.</param>
    public IReadOnlyList<Proposal> Complete(string text, int line, int column)
    {
        var lines = text.Split('\n');
        if (line < 1 || line > lines.Length)
        {
            return [];
        }

        var before = lines[line - 1].TrimEnd('\r')[..Math.Clamp(column - 1, 0, lines[line - 1].TrimEnd('\r').Length)];
        if (Uses().IsMatch(before))
        {
            return [.. _catalog.All.Select(one => new Proposal(one.Name, one.Effect.ToString().ToLowerInvariant(), one.About, one.Name, "Function"))];
        }

        if (Reference().IsMatch(before))
        {
            return [.. Id().Matches(text).Select(match => match.Groups["id"].Value).Distinct(StringComparer.Ordinal).Select(id => new Proposal($"steps.{id}", "a step's result", null, $"steps.{id}", "Variable"))];
        }

        if (!KeyBegins().IsMatch(before))
        {
            return [];
        }

        return ActionOf(lines, line - 1, Indent(before)) is { } action
            ? [.. action.Inputs.Select(field => new Proposal(field.Name, field.TypeName, field.About, $"{field.Name}: ", "Field"))]
            : Indent(before) == 0 ? _keys.Value.Top : _keys.Value.Step;
    }

    /// <summary>What is to be said of the word at a place, as Markdown; null where nothing is.</summary>
    public IReadOnlyList<string>? About(string text, int line, int column)
    {
        var lines = text.Split('\n');
        if (line < 1 || line > lines.Length || Word().Matches(lines[line - 1]).FirstOrDefault(match => match.Index < column && column <= match.Index + match.Length + 1)?.Value is not { } word)
        {
            return null;
        }

        if (_catalog.Find(word) is { } action)
        {
            return
            [
                $"**{action.Name}** – {action.Effect.ToString().ToLowerInvariant()}", action.About,
                action.Undo is { } undo ? $"Undone by `{undo}`." : action.NoUndo ?? string.Empty,
                string.Join("  \n", action.Inputs.Select(field => $"`{field.Name}`: {field.TypeName}{(field.About is { Length: > 0 } about ? " – " + about : string.Empty)}")),
            ];
        }

        if (ActionOf(lines, line - 1, Indent(lines[line - 1]))?.Input(word) is { } input)
        {
            return [$"**{input.Name}**: {input.TypeName}", input.About ?? string.Empty];
        }

        return _keys.Value.Top.Concat(_keys.Value.Step).FirstOrDefault(one => one.Label == word) is { About: { Length: > 0 } key } ? [$"**{word}**", key] : null;
    }

    private static int Indent(string line) => line.TakeWhile(sign => sign is ' ' or '-').Count();

    // The action whose `with` a line stands in: up to the `with`, then to the `uses` beside it.
    private ActionDescriptor? ActionOf(string[] lines, int at, int indent)
    {
        var with = -1;
        for (var index = at - 1; index >= 0 && with < 0; index--)
        {
            if (lines[index].Trim().Length == 0)
            {
                continue;
            }

            if (Indent(lines[index]) < indent)
            {
                if (lines[index].Trim().TrimStart('-', ' ') is not "with:")
                {
                    return null;
                }

                with = index;
            }
        }

        if (with < 0)
        {
            return null;
        }

        var own = Indent(lines[with]);
        for (var (up, down) = (with - 1, with + 1); up >= 0 || down < lines.Length; up--, down++)
        {
            foreach (var index in (int[])[up, down])
            {
                if (index >= 0 && index < lines.Length && Indent(lines[index]) == own && UsesLine().Match(lines[index]) is { Success: true } found)
                {
                    return _catalog.Find(found.Groups["action"].Value);
                }
            }

            if (up >= 0 && lines[up].TrimStart().StartsWith('-') && Indent(lines[up]) <= own)
            {
                up = -1;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\s*(- )?uses:\s*[\w.]*$")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^\s*(- )?uses:\s*(?<action>[\w.]+)")]
    private static partial Regex UsesLine();

    [GeneratedRegex(@"\bsteps\.\w*$")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^[ -]*\w*$")]
    private static partial Regex KeyBegins();

    [GeneratedRegex(@"^\s*(- )?id:\s*(?<id>[a-z0-9_]+)", RegexOptions.Multiline)]
    private static partial Regex Id();

    [GeneratedRegex(@"[\w.]+")]
    private static partial Regex Word();

    private sealed record Keys(IReadOnlyList<Proposal> Top, IReadOnlyList<Proposal> Step)
    {
        public static Keys Read(string schema)
        {
            var root = JsonSerializer.Deserialize<JsonElement>(schema);
            var step = new Dictionary<string, Proposal>(StringComparer.Ordinal);
            foreach (var definition in root.GetProperty("definitions").EnumerateObject().Where(one => one.Name.Contains("step", StringComparison.OrdinalIgnoreCase)))
            {
                foreach (var proposal in Of(definition.Value))
                {
                    step.TryAdd(proposal.Label, proposal);
                }
            }

            return new Keys([.. Of(root)], [.. step.Values.OrderBy(one => one.Label, StringComparer.Ordinal)]);
        }

        private static IEnumerable<Proposal> Of(JsonElement schema)
        {
            if (schema.ValueKind != JsonValueKind.Object)
            {
                yield break;
            }

            if (schema.TryGetProperty("properties", out var properties))
            {
                foreach (var one in properties.EnumerateObject())
                {
                    var about = one.Value.ValueKind == JsonValueKind.Object && one.Value.TryGetProperty("description", out var text) ? text.GetString() : null;
                    yield return new Proposal(one.Name, null, about, $"{one.Name}: ", "Property");
                }
            }

            foreach (var list in (string[])["anyOf", "oneOf", "allOf"])
            {
                if (schema.TryGetProperty(list, out var ways))
                {
                    foreach (var proposal in ways.EnumerateArray().SelectMany(Of))
                    {
                        yield return proposal;
                    }
                }
            }
        }
    }
}

/// <summary>A proposal.</summary>
/// <param name="Label">What is shown.</param>
/// <param name="Detail">Its type or effect.</param>
/// <param name="About">What it is.</param>
/// <param name="Insert">What is put in.</param>
/// <param name="Kind">For its sign.</param>
public sealed record Proposal(string Label, string? Detail, string? About, string Insert, string Kind);

/// <summary>A problem, as the editor marks it.</summary>
public sealed record EditorMark(int Line, int Column, string Rule, string Message, bool IsError);
