using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Engine.Matching;

/// <summary>What an alert meets.</summary>
/// <param name="Starts">The runs to start, in the order of the playbooks.</param>
/// <param name="Explanation">Why these, and why not the others.</param>
public sealed record MatchResult(IReadOnlyList<PlannedStart> Starts, MatchExplanation Explanation);

/// <summary>A run that an alert, or a person, would start.</summary>
/// <param name="Playbook">The playbook.</param>
/// <param name="Inputs">Its inputs, resolved and checked: an object with every declared name.</param>
/// <param name="DedupeKey">Joined with the playbook's id, so that two playbooks never share one; null where the playbook has none.</param>
/// <param name="DedupeWindow">How long the key counts.</param>
/// <param name="ConcurrencyKey">One name space for all playbooks; null where the playbook has none.</param>
/// <param name="OnBusy">What happens where the slot is taken.</param>
public sealed record PlannedStart(
    Playbook Playbook, JsonElement Inputs, string? DedupeKey, TimeSpan DedupeWindow, string? ConcurrencyKey, ConcurrencyPolicy OnBusy);

/// <summary>Which playbooks an alert meets and which not. Kept with the alert.</summary>
/// <param name="True">Ids whose <c>when</c> was true and that can start.</param>
/// <param name="False">Ids whose <c>when</c> was false.</param>
/// <param name="Failed">Those whose <c>when</c> failed, and how.</param>
/// <param name="Refused">Those whose <c>when</c> was true, but that can't start: an input is missing or wrong.</param>
public sealed record MatchExplanation(IReadOnlyList<string> True, IReadOnlyList<string> False, IReadOnlyList<MatchProblem> Failed, IReadOnlyList<MatchProblem> Refused)
{
    /// <summary>What suppression rules kept from starting.</summary>
    public IReadOnlyList<Suppressed> Suppressed { get; init; } = [];

    /// <summary>As it is shown.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Sdk.Json.Options);

    /// <summary>As it is kept: the many that were false are not written with every alert, but follow from the set of playbooks.</summary>
    /// <param name="playbooks">The set's hash: <see cref="WithFalse"/> is given its ids.</param>
    public JsonElement ToKept(string playbooks) =>
        JsonSerializer.SerializeToElement(new { True, Failed, Refused, Suppressed, Playbooks = playbooks }, Sdk.Json.Options);

    /// <summary>What was kept, as it is shown.</summary>
    /// <param name="kept">From <see cref="ToKept"/>; what has its <c>false</c> already stays as it is.</param>
    /// <param name="playbooks">The ids of the set that it names.</param>
    public static JsonElement WithFalse(JsonElement kept, IEnumerable<string> playbooks)
    {
        if (kept.ValueKind != JsonValueKind.Object || kept.TryGetProperty("false", out _))
        {
            return kept;
        }

        HashSet<string> others = [.. Ids("true"), .. Problems("failed"), .. Problems("refused")];
        var shown = System.Text.Json.Nodes.JsonObject.Create(kept)!;
        shown.Remove("playbooks");
        shown["false"] = JsonSerializer.SerializeToNode(playbooks.Where(id => !others.Contains(id)));
        return JsonSerializer.SerializeToElement(shown);

        IEnumerable<string> Ids(string name) => kept.GetProperty(name).EnumerateArray().Select(one => one.GetString()!);
        IEnumerable<string> Problems(string name) => kept.GetProperty(name).EnumerateArray().Select(one => one.GetProperty("playbook").GetString()!);
    }
}

/// <summary>Why a playbook did not start.</summary>
/// <param name="Playbook">Its id.</param>
/// <param name="Reason">What happened, for people.</param>
/// <param name="File">Its file.</param>
/// <param name="Line">Where in it; 0 where that is not known.</param>
/// <param name="Column">Where in it; 0 where that is not known.</param>
public sealed record MatchProblem(string Playbook, string Reason, string File, int Line, int Column);

/// <summary>What a suppression rule kept from starting.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Expires">Until when.</param>
/// <param name="Playbooks">The playbooks that were not started.</param>
public sealed record Suppressed(string Rule, string Owner, string Reason, DateTimeOffset Expires, IReadOnlyList<string> Playbooks);
