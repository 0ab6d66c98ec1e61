using System.Text.Json;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Playbooks;

/// <summary>Makes plans: from playbooks that were judged, and again from what a run is pinned to.</summary>
public static class PlanCompiler
{
    /// <summary>A playbook with all that it calls.</summary>
    /// <param name="rootId">The playbook's id.</param>
    /// <param name="library">Where it and what it calls are.</param>
    /// <exception cref="PlanFailure">There is no such playbook, or it has errors.</exception>
    public static Plan Compile(string rootId, PlaybookLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        var reached = new SortedDictionary<string, Playbook>(StringComparer.Ordinal);
        var open = new Stack<string>([rootId]);
        while (open.TryPop(out var id))
        {
            if (reached.ContainsKey(id))
            {
                continue;
            }

            if (!library.Playbooks.TryGetValue(id, out var playbook))
            {
                throw new PlanFailure($"There is no playbook '{id}' without errors.", library.Problems);
            }

            reached[id] = playbook;
            foreach (var call in playbook.AllSteps().OfType<CallStep>())
            {
                open.Push(call.Call);
            }
        }

        return Make(rootId, reached);
    }

    /// <summary>Compiles a stored bundle again. Rules that came later do not count: only what cannot run at all fails. An action that this program lacks is no failure here; its step is in doubt when it is reached.</summary>
    /// <param name="rootId">The playbook's id.</param>
    /// <param name="bundle">As <see cref="Plan.Bundle"/> gave it.</param>
    /// <param name="catalog">Every action there is.</param>
    /// <exception cref="PlanFailure">The bundle cannot be read, or a playbook in it cannot run.</exception>
    public static Plan FromBundle(string rootId, string bundle, ActionCatalog catalog)
    {
        var texts = ReadBundle(bundle);
        var options = new ReadOptions { Catalog = catalog };
        var playbooks = new SortedDictionary<string, Playbook>(StringComparer.Ordinal);
        foreach (var (id, stored) in texts)
        {
            var draft = Draft.Read(stored.File, stored.Text, options);
            if (draft.Unbuilt.Count > 0)
            {
                throw new PlanFailure(
                    $"The stored playbook '{id}' cannot run: line {draft.Unbuilt[0].At.Line}, {draft.Unbuilt[0].Message}.",
                    [.. draft.Unbuilt.Select(fault => new Problem(stored.File, fault.At, "RSP000", ProblemLevel.Error, fault.Message))]);
            }

            playbooks[id] = draft.Playbook!;
        }

        var missing = playbooks.Values.SelectMany(playbook => playbook.AllSteps()).OfType<CallStep>().Select(call => call.Call).Append(rootId).FirstOrDefault(id => !playbooks.ContainsKey(id));
        return missing is null ? Make(rootId, playbooks) : throw new PlanFailure($"The stored bundle lacks the playbook '{missing}'.", []);
    }

    private static Plan Make(string rootId, SortedDictionary<string, Playbook> playbooks)
    {
        var bundle = JsonSerializer.Serialize(playbooks.ToDictionary(one => one.Key, one => new Stored(one.Value.File, one.Value.Source)), Json.Options);

        // Texts alone: the same playbooks under another folder are the same definition.
        var hash = PlaybookBuilder.HashOf(string.Concat(playbooks.Select(one => $"{one.Key} {one.Value.Hash}\n").Prepend(rootId + "\n")));
        return new Plan { Root = playbooks[rootId], Playbooks = playbooks, Bundle = bundle, Hash = hash };
    }

    private static Dictionary<string, Stored> ReadBundle(string bundle)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, Stored>>(bundle, Json.Options) ?? throw new PlanFailure("The stored bundle is empty.", []);
        }
        catch (JsonException exception)
        {
            throw new PlanFailure("The stored bundle cannot be read: " + exception.Message, [], exception);
        }
    }

    private sealed record Stored(string File, string Text);
}

/// <summary>No plan could be made.</summary>
/// <param name="message">Why.</param>
/// <param name="problems">What is wrong with the playbooks, where that is why.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class PlanFailure(string message, IReadOnlyList<Problem> problems, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong with the playbooks, where that is why.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
