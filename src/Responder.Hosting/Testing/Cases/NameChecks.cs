using Responder.Engine;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Hosting.Testing.Cases;

/// <summary>A name that means nothing would make a test pass that tests nothing: steps, actions and statuses must be ones that there are.</summary>
internal static class NameChecks
{
    private static readonly HashSet<string> RunWords = [.. Enum.GetValues<RunStatus>().Select(one => Json.Word(one))];
    private static readonly HashSet<string> StepWords = [.. Enum.GetValues<StepStatus>().Select(one => Json.Word(one))];

    public static IEnumerable<string> Failures(PlaybookTest test, StepNames names, ActionCatalog catalog)
    {
        var expect = test.Expect;
        var steps = test.Answers.Keys.Select(name => ("answers", name))
            .Concat(test.Happens.SelectMany(one => new[] { one.Before, one.After }).OfType<string>().Select(name => ("happens", name)))
            .Concat(expect.Ran.Select(name => ("ran", name))).Concat(expect.NotRan.Select(name => ("not_ran", name)))
            .Concat(expect.Steps.Keys.Select(name => ("steps", name))).Concat(expect.Approvals.Select(line => ("approvals", line.Step)));
        foreach (var (where, name) in steps)
        {
            if (names.Problem(name) is { } problem)
            {
                yield return $"{where}: {problem}";
            }
        }

        foreach (var (where, action) in expect.Calls.Keys.Select(one => ("calls", one)).Concat(expect.Effects.Keys.Select(one => ("effects", one))).Where(one => catalog.Find(one.Item2) is null))
        {
            yield return $"{where}: there is no action '{action}'.";
        }

        foreach (var (name, status) in expect.Steps.Where(one => !StepWords.Contains(one.Value)))
        {
            yield return $"steps: '{status}' of {name} is no status; there are {string.Join(", ", StepWords)}.";
        }

        if (expect.Status is { } word && !RunWords.Contains(word))
        {
            yield return $"status: '{word}' is none; there are {string.Join(", ", RunWords)}.";
        }

        foreach (var capability in test.Without.Where(one => !catalog.All.Any(action => action.Name.StartsWith(one + ".", StringComparison.Ordinal))))
        {
            yield return $"without: there is no capability '{capability}'.";
        }
    }
}
