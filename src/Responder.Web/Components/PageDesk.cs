using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using Responder.Engine.Journal;
using Responder.Engine.Planning;
using Responder.Engine.Runs;
using Responder.Engine.Undo;
using Responder.Hosting;
using Responder.Hosting.Containment;
using Responder.Hosting.Intake;
using Responder.Web.Access;
using Responder.Web.People;
using Responder.Web.Server;

namespace Responder.Web.Components;

/// <summary>What people do at the pages. Each call looks whether the session still holds and the role allows it, whatever the page showed.</summary>
internal sealed class PageDesk(ResponderNode node, AuthenticationStateProvider states, Sessions sessions, ManualStart starter, ServerOptions options)
{
    /// <summary>Who it is, where they may do it now.</summary>
    /// <param name="needed">What is to be done.</param>
    /// <returns>The caller, or why not.</returns>
    public async Task<(Caller? Caller, string? Problem)> ConfirmAsync(Permission needed)
    {
        var user = (await states.GetAuthenticationStateAsync()).User;
        if (!await sessions.HoldsAsync(user, CancellationToken.None))
        {
            return (null, "Your session is over. Sign in again; nothing was done.");
        }

        var caller = Caller.Of(user);
        return Scopes.Allow(caller.Scopes, needed) ? (caller, null) : (null, $"To {needed.About} you need the role {needed.Role}. Nothing was done.");
    }

    /// <summary>Decides at a gate, on what was shown.</summary>
    public async Task<SignalResult> AnswerAsync(ApprovalRow shown, string choice, JsonElement? fields, string? comment)
    {
        var (caller, problem) = await ConfirmAsync(Permission.AnswerApprovals);
        return caller is null
            ? new SignalResult(SignalStatus.Forbidden, problem!)
            : await RunDoor.AnswerAsync(node, shown.Id, caller, new Api.Decision(choice, fields, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim(), shown.Gate.Hash), "web", CancellationToken.None);
    }

    /// <summary>Tells a run something.</summary>
    public async Task<SignalResult> SignalAsync(string runId, Permission needed, Func<string, RunSignal> signal)
    {
        var (caller, problem) = await ConfirmAsync(needed);
        return caller is null ? new SignalResult(SignalStatus.Forbidden, problem!) : await RunDoor.SignalAsync(node, runId, signal(caller.By), CancellationToken.None);
    }

    /// <summary>What a run would do.</summary>
    public async Task<(RunPlan? Plan, IReadOnlyList<string> Problems)> PlanAsync(ManualOrder order, CancellationToken cancel)
    {
        var (caller, problem) = await ConfirmAsync(Permission.PlanRuns);
        return caller is null ? (null, [problem!]) : await starter.PlanAsync(order with { By = caller.By }, cancel);
    }

    /// <summary>Starts a run by hand.</summary>
    public async Task<ManualResult> StartAsync(ManualOrder order)
    {
        var (caller, problem) = await ConfirmAsync(Permission.WriteRuns);
        return caller is null ? new ManualResult(null, null, [problem!]) : await starter.StartAsync(order with { By = caller.By }, options.PublicAddress, CancellationToken.None);
    }

    /// <summary>What taking a run back would do.</summary>
    public async Task<(UndoPlan? Plan, string? Problem)> PlanUndoAsync(string runId)
    {
        var (caller, problem) = await ConfirmAsync(Permission.UndoRuns);
        return caller is null ? (null, problem) : (await new UndoDesk(node).PlanAsync(runId, CancellationToken.None), null);
    }

    /// <summary>Starts the run that takes another back; it asks a lead first.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="shown">The plan that was shown: where another one would be carried out by now, it is not.</param>
    /// <param name="reason">Why.</param>
    /// <returns>The new run, or why there is none.</returns>
    public async Task<(string? RunId, string? Problem)> UndoAsync(string runId, UndoPlan shown, string reason)
    {
        var (caller, problem) = await ConfirmAsync(Permission.UndoRuns);
        if (caller is null)
        {
            return (null, problem);
        }

        var desk = new UndoDesk(node);
        if (await desk.PlanAsync(runId, CancellationToken.None) is not { } plan || !Calls(plan).SequenceEqual(Calls(shown)))
        {
            return (null, "What can be taken back is no longer what you were shown. Close this and look again; nothing was done.");
        }

        var run = await desk.StartAsync(plan, new UndoOrder(runId, reason, caller.By, PageAddress: options.PublicAddress), drive: true, CancellationToken.None);
        return run.Status == "skipped" ? (null, $"Run {run.Holder} takes it back already.") : (run.RunId, null);

        static IEnumerable<(string, string, string)> Calls(UndoPlan one) => one.Inverses.Select(inverse => (inverse.Action, inverse.Undoes.Connection, inverse.Undoes.Target));
    }

    /// <summary>Throws or lifts the kill switch for all.</summary>
    public async Task<string?> SwitchAsync(bool on, string reason)
    {
        var (caller, problem) = await ConfirmAsync(Permission.WriteKillSwitch);
        if (caller is null)
        {
            return problem;
        }

        await node.Store.KillSwitch.SetAsync(new KillSwitchRow("all", string.Empty, caller.By, reason, node.Services.Time.GetUtcNow()), on, CancellationToken.None);
        return null;
    }
}
