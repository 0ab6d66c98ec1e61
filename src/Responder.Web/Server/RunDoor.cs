using Responder.Engine;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Sdk;
using Responder.Web.Access;

namespace Responder.Web.Server;

/// <summary>How runs are told something from outside: the same for the API and the pages.</summary>
internal static class RunDoor
{
    /// <summary>Decides at a gate.</summary>
    /// <param name="node">Where.</param>
    /// <param name="id">The approval.</param>
    /// <param name="caller">Who.</param>
    /// <param name="decision">What, with the hash of what was shown.</param>
    /// <param name="via"><c>web</c> or <c>api</c>.</param>
    /// <param name="cancel">Ends waiting before it is taken.</param>
    public static async Task<SignalResult> AnswerAsync(ResponderNode node, string id, Caller caller, Api.Decision decision, string via, CancellationToken cancel)
    {
        if (await node.Store.Queries.ApprovalAsync(id, cancel) is not { } row)
        {
            return new SignalResult(SignalStatus.NotFound, $"There is no approval {id}.");
        }

        if (row.Status != "pending")
        {
            return new SignalResult(SignalStatus.Conflict, $"It was decided already: {row.Choice}{(row.By is null ? string.Empty : $", by {row.By}")}.");
        }

        return Unavailable(node) ?? (string.IsNullOrEmpty(decision.Hash)
            ? new SignalResult(SignalStatus.Invalid, "`hash` is missing: send the `gate.hash` of what you were shown, so that you decide on that and nothing else.")
            : await node.Runs.SignalAsync(row.RunId, new AnswerGate(id, caller.By, caller.Roles, decision.Choice, decision.Fields, decision.Comment, decision.Hash, via)
            {
                Delegated = [.. (await node.Store.Delegations.ListAsync(node.Services.Time.GetUtcNow(), cancel)).Where(one => string.Equals(one.To, caller.By, StringComparison.OrdinalIgnoreCase))],
            }));
    }

    /// <summary>Tells a run something.</summary>
    public static async Task<SignalResult> SignalAsync(ResponderNode node, string id, RunSignal signal, CancellationToken cancel)
    {
        // Looked up first: to wake a run that is not there, or is over, would cost a write.
        if (await node.Store.Queries.FindAsync(id, cancel) is not { } before)
        {
            return new SignalResult(SignalStatus.NotFound, $"There is no run {id}.");
        }

        return before.Status.IsEnd()
            ? new SignalResult(SignalStatus.Conflict, $"Run {id} is over: it is {Json.Word(before.Status)}.")
            : Unavailable(node) ?? await node.Runs.SignalAsync(id, signal);
    }

    // A decision that is not written now would be taken when there is room, long after the person was told that it failed.
    private static SignalResult? Unavailable(ResponderNode node) => node.Store.Health is { CanWrite: false } health
        ? new SignalResult(SignalStatus.Unavailable, $"{health.Reason ?? "The store can't write just now."} Nothing was decided; try it again in a moment.") : null;
}
