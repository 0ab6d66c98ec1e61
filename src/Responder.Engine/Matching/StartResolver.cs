using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Engine.Matching;

/// <summary>Works out what a run starts with: its inputs from what was given and from the defaults, its dedupe key, its concurrency key.</summary>
public static class StartResolver
{
    private const int LongestKey = 400;
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(1);

    /// <summary>Resolves a start.</summary>
    /// <param name="playbook">The playbook.</param>
    /// <param name="alert">The alert in the normal form; null for a run without one.</param>
    /// <param name="given">Inputs given by a person; they take the place of the defaults.</param>
    /// <param name="now">The time of the start, which <c>now()</c> gives.</param>
    public static StartResolution Resolve(Playbook playbook, JsonElement? alert, IReadOnlyDictionary<string, JsonElement>? given, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        var problems = new List<MatchProblem>();
        var scope = new StartScope(alert ?? ScopeValue.Null.Json, now);
        var inputs = Inputs(playbook, given, scope, problems);
        scope.Inputs = JsonSerializer.SerializeToElement(inputs);
        string? dedupe = null, concurrency = null;
        if (problems.Count == 0)
        {
            // Alerts are attached by this key: where there is none, there is nothing to attach, and the key's expression may not be readable.
            dedupe = alert is not null && playbook.On.Alert?.DedupeKey is { } one ? Key(playbook, one, "on.alert.dedupe.key", scope, problems) : null;
            concurrency = playbook.Concurrency?.Key is { } other ? Key(playbook, other, "concurrency.key", scope, problems) : null;
        }

        // Products write one host in different cases, and its runs must still wait for each other. A dedupe key stays as it is: merging too much would lose a run.
        return problems.Count > 0 ? new StartResolution(null, problems) : new StartResolution(
            new PlannedStart(
                playbook, scope.Inputs.Value, dedupe is null ? null : $"{playbook.Id}|{dedupe}", playbook.On.Alert?.DedupeWindow ?? DefaultWindow,
                concurrency?.ToLowerInvariant(), playbook.Concurrency?.Policy ?? ConcurrencyPolicy.Queue),
            problems);
    }

    private static JsonObject Inputs(Playbook playbook, IReadOnlyDictionary<string, JsonElement>? given, StartScope scope, List<MatchProblem> problems)
    {
        foreach (var name in given?.Keys.Where(name => playbook.Inputs.All(input => input.Name != name)) ?? [])
        {
            problems.Add(Problem(playbook, $"`{name}` is no input of it; there are {Names(playbook)}.", default));
        }

        // Each default sees those before it: what is written later can't be read earlier.
        var inputs = new JsonObject();
        foreach (var input in playbook.Inputs)
        {
            scope.Inputs = JsonSerializer.SerializeToElement(inputs);
            var value = Value(playbook, input, given, scope, problems);
            if (value is { } found && InputForms.Check(found, input) is { } wrong)
            {
                problems.Add(Problem(playbook, wrong.EndsWith('.') ? wrong : wrong + ".", input.At));
            }

            inputs[input.Name] = value is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } kept ? JsonNode.Parse(kept.GetRawText()) : null;
        }

        return inputs;
    }

    private static JsonElement? Value(
        Playbook playbook, InputDefinition input, IReadOnlyDictionary<string, JsonElement>? given, StartScope scope, List<MatchProblem> problems)
    {
        if (given is not null && given.TryGetValue(input.Name, out var value))
        {
            return value;
        }

        try
        {
            return input.Default?.Resolve(scope) ?? ScopeValue.Null.Json;
        }
        catch (ExpressionFailure failure)
        {
            problems.Add(Problem(playbook, $"The default of `{input.Name}` failed: {failure.Message}.", failure.At));
            return null;
        }
    }

    private static string? Key(Playbook playbook, ValueNode key, string what, StartScope scope, List<MatchProblem> problems)
    {
        try
        {
            var value = key.Resolve(scope);
            if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && value.ToString() is { Length: > 0 } text)
            {
                // A key that an alert makes long is still a key.
                return text.Length <= LongestKey ? text : text[..LongestKey] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            }

            problems.Add(Problem(playbook, $"`{what}` gives no text: without a key the run could not be told from others.", key.At));
        }
        catch (ExpressionFailure failure)
        {
            problems.Add(Problem(playbook, $"`{what}` failed: {failure.Message}.", failure.At));
        }

        return null;
    }

    private static string Names(Playbook playbook) => playbook.Inputs.Count == 0 ? "none" : string.Join(", ", playbook.Inputs.Select(input => $"`{input.Name}`"));

    private static MatchProblem Problem(Playbook playbook, string reason, SourcePosition at) => new(playbook.Id, reason, playbook.File, at.Line, at.Column);
}

/// <summary>A start, or why there is none.</summary>
/// <param name="Start">The start; null where there are problems.</param>
/// <param name="Problems">All of them.</param>
public sealed record StartResolution(PlannedStart? Start, IReadOnlyList<MatchProblem> Problems);
