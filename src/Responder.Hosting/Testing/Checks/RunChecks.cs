using System.Text.Json;
using Responder.Hosting.Testing.Cases;
using Responder.Sdk;

namespace Responder.Hosting.Testing.Checks;

/// <summary>The run itself: its end, its steps, its calls, its outputs.</summary>
internal static class RunChecks
{
    public static IEnumerable<string> Failures(Expectation expect, CaseResult result)
    {
        var ended = result.History.State.Ended;
        var reason = ended?.Reason;
        var status = ended is null ? "not at an end" : Json.Word(ended.Status);
        if (expect.Status is { } wanted && wanted != status)
        {
            yield return $"status: {wanted} was expected; the run is {status} ({reason ?? "no reason"}).";
        }

        if (expect.Outcome is { } outcome && outcome != ended?.Outcome)
        {
            yield return $"outcome: {outcome} was expected; it is {ended?.Outcome ?? "none"}, the run is {status} ({reason ?? "no reason"}).";
        }

        if (expect.Reason is { } text && reason?.Contains(text, StringComparison.Ordinal) != true)
        {
            yield return $"reason: '{text}' is not in it; it is '{reason}'.";
        }

        foreach (var failure in Steps(expect, result).Concat(Counts(expect, result)).Concat(Outputs(expect, result)))
        {
            yield return failure;
        }

        foreach (var warning in expect.Warnings.Where(one => !result.History.State.Warnings.Exists(said => said.Message.Contains(one, StringComparison.Ordinal))))
        {
            yield return $"warnings: none holds '{warning}'; there are [{string.Join(" | ", result.History.State.Warnings.Select(said => said.Message))}].";
        }
    }

    private static IEnumerable<string> Steps(Expectation expect, CaseResult result)
    {
        foreach (var name in expect.Ran.Where(name => !result.PathsOf(name).Any(result.History.Ran)))
        {
            yield return $"ran: {name} did not; {Standing(name, result)}.";
        }

        foreach (var name in expect.NotRan.Where(name => result.PathsOf(name).Any(result.History.Ran)))
        {
            yield return $"not_ran: {name} did; {Standing(name, result)}.";
        }

        foreach (var (name, wanted) in expect.Steps)
        {
            var path = result.PathsOf(name).LastOrDefault();
            var status = path is null ? "pending" : Json.Word(result.History.State.Step(path)!.Status);
            if (status != wanted)
            {
                yield return $"steps: {name} was expected to be {wanted}; {Standing(name, result)}.";
            }
        }
    }

    private static IEnumerable<string> Counts(Expectation expect, CaseResult result)
    {
        foreach (var (action, wanted) in expect.Calls.Where(one => result.Calls.GetValueOrDefault(one.Key) != one.Value))
        {
            yield return $"calls: {action} was expected {wanted} times; it was called {result.Calls.GetValueOrDefault(action)} times.";
        }

        foreach (var (action, wanted) in expect.Effects.Where(one => result.EffectsOf(one.Key) != one.Value))
        {
            yield return $"effects: {action} was expected {wanted} times; it was done {result.EffectsOf(action)} times.";
        }
    }

    private static IEnumerable<string> Outputs(Expectation expect, CaseResult result)
    {
        foreach (var (name, wanted) in expect.Outputs)
        {
            JsonElement? actual = result.History.State.Ended?.Outputs is { ValueKind: JsonValueKind.Object } outputs && outputs.TryGetProperty(name, out var found) ? found : null;
            if (actual is not { } value || !JsonSubset.Same(wanted, value))
            {
                yield return $"outputs: {name} was expected to be {CaseResult.Show(wanted)}; it is {CaseResult.Show(actual)}.";
            }
        }
    }

    private static string Standing(string name, CaseResult result)
    {
        if (result.PathsOf(name).LastOrDefault() is not { } path)
        {
            return "it was never reached";
        }

        var step = result.History.State.Step(path)!;
        return $"it is {Json.Word(step.Status)}{(step.Error is { } error ? $" ({Json.Word(error.Kind)}: {error.Message})" : string.Empty)}";
    }
}
