using System.Text.Json.Nodes;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Rules;

/// <summary>What the validator found as SARIF 2.1.0, the form in which code hosts and editors take findings.</summary>
/// <remarks>Properties are those of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html: 3.13 (log), 3.27 (result), 3.49 (rule).</remarks>
public static class SarifLog
{
    /// <summary>A whole log with one run, which names every rule, also those that found nothing.</summary>
    /// <param name="problems">What was found.</param>
    /// <param name="version">The program's version.</param>
    /// <returns>A JSON object.</returns>
    public static JsonObject Write(IEnumerable<Problem> problems, string version)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return new JsonObject
        {
            ["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject { ["name"] = "responder", ["version"] = version, ["rules"] = new JsonArray([.. RuleBook.Rules.Select(Rule)]) },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. problems.Select(Result)]),
            }),
        };
    }

    private static JsonObject Rule(Rule rule) => new()
    {
        ["id"] = rule.Id,
        ["name"] = rule.GetType().Name,
        ["shortDescription"] = Text(rule.Title),
        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.Level) },
    };

    private static JsonObject Result(Problem problem) => new()
    {
        ["ruleId"] = problem.Rule,
        ["level"] = Level(problem.Level),
        ["message"] = Text(problem.Hint is null ? $"{problem.Message}." : $"{problem.Message}. Hint: {problem.Hint}."),
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Address(problem.File) },
                ["region"] = new JsonObject { ["startLine"] = problem.At.Line, ["startColumn"] = problem.At.Column },
            },
        }),
    };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static string Level(ProblemLevel level) => level switch { ProblemLevel.Error => "error", ProblemLevel.Warning => "warning", _ => "note" };

    // Relative to where the program ran, which is what code hosts want; an absolute path as a file's address.
    private static string Address(string file) => Path.IsPathFullyQualified(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Split('/', Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
}
