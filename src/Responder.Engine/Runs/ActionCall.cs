using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Sdk.Edr;

namespace Responder.Engine.Runs;

/// <summary>
/// One attempt of an action, away from the run's loop: for an effect describe, policy, gate, state before, intent, call; for a read the call.
/// It changes nothing of the run itself: what it finds goes to the mailbox.
/// </summary>
internal sealed class ActionCall(RunServices services, RunMailbox mailbox, string runId, ActionStep step, StepState state, RunScope scope, CancellationToken cancel)
{
    private readonly int _attempt = state.AttemptOpen ? state.Attempts : state.Attempts + 1;
    private readonly string _key = Keys.Of(runId, state.Path);
    private bool _committed;
    private JsonElement _inputs = state.Inputs!.Value;
    private string? _listed = state.Listed;
    private string? _connection;

    public async Task RunAsync()
    {
        try
        {
            if (Find() is not var (connection, bound))
            {
                return;
            }

            _connection = connection.Name;
            var effect = step.Effect ?? bound.Action.Effect;
            if (effect == Effect.Read)
            {
                mailbox.Post(new ReadBegan(new ReadStarted(state.Path, _attempt, connection.Name, connection.Connector)));
                await CallAsync(connection, bound, effect);
            }
            else if (await IntendAsync(connection, bound, effect))
            {
                await CallAsync(connection, bound, effect);
            }
        }
        catch (ActionFailure failure) when (failure.Code == DeletionManifest.Outdated && state.Counted < (step.Retry ?? RetryPolicy.Default).Attempts)
        {
            await ListAnewAsync(failure);
        }
        catch (ActionFailure failure)
        {
            // Before the intent nothing was called, whatever the read that failed may say.
            var kind = failure.Kind == FailureKind.Unknown && !_committed && state.Effect != Effect.Read ? FailureKind.Transient : failure.Kind;
            var circuit = failure.CircuitSince is { } since && _connection is { } name ? new OpenCircuit(name, since) : null;
            Fail(new StepError(kind, failure.Message, failure.Code, failure.TraceId, failure.RetryAfter?.TotalSeconds, Circuit: circuit), failure.Code == CallContext.Gate);
        }
        catch (ExpressionFailure failure)
        {
            Fail(new StepError(FailureKind.Invalid, failure.Message), false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested && state.Effect == Effect.Read)
        {
            Fail(new StepError(FailureKind.TimedOut, "Ended by the run before the answer came."), false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Fail(new StepError(
                _committed ? FailureKind.Unknown : FailureKind.Internal,
                $"{step.Uses} failed in a way that its connector does not name: {exception.GetType().Name}: {exception.Message}"), false);
        }
    }

    private (Connection Connection, BoundAction Bound)? Find()
    {
        // Attempts, probe and undo use the intent's connection.
        var named = state.Intent?.Connection;
        var connection = named is null ? services.Connections.For(step.Uses, step.Connection) : services.Connections.Named(named);
        if (connection is not null && connection.Actions.TryGetValue(step.Uses, out var bound))
        {
            return (connection, bound);
        }

        if (named is not null)
        {
            mailbox.Post(new CallImpossible(state.Path, $"The connection '{named}', which {step.Uses} was begun on, is no longer configured."));
            return null;
        }

        Fail(new StepError(FailureKind.Invalid, step.Connection is { } wanted
            ? $"There is no connection '{wanted}' that serves {step.Uses}. Name it under Connections in the settings."
            : $"No configured connector serves {step.Uses}. Name one under Capabilities in the settings, or guard the step with connectors.{step.Uses.Split('.')[0]}."), false);
        return null;
    }

    private async Task<bool> IntendAsync(Connection connection, BoundAction bound, Effect effect)
    {
        IntentEnd end;
        do
        {
            end = await TryIntendAsync(connection, bound, effect);
        }
        while (end == IntentEnd.AskPolicyAgain);
        _committed = end == IntentEnd.Committed;
        return _committed;
    }

    private async Task<IntentEnd> TryIntendAsync(Connection connection, BoundAction bound, Effect effect)
    {
        await ListFirstAsync(connection, bound);
        var inputs = _inputs;
        var created = scope.State.Created!;
        var targets = await Targets.DescribeAsync(bound.Action, effect, inputs, connection, cancel);
        if (await HeirAsync(connection, bound.Action, targets) is { } let)
        {
            mailbox.Post(new Lets(let));
            return IntentEnd.Stopped;
        }

        var now = services.Time.GetUtcNow();
        var answer = services.Policy.Evaluate(new PolicyRequest(
            created.Playbook, step.Uses, effect, connection.Name, inputs, targets, Targets.Severity(created.Alert), now));
        if (answer.Verdict == PolicyVerdict.Refuse)
        {
            mailbox.Post(new RefusedByPolicy(new PolicyRefused(state.Path, answer)));
            throw new ActionFailure(FailureKind.RejectedByPolicy, string.Join(' ', answer.Findings.Where(one => one.Verdict == PolicyVerdict.Refuse).Select(one => one.Reason)))
            {
                Code = answer.Findings.First(one => one.Verdict == PolicyVerdict.Refuse).Rule,
            };
        }

        foreach (var quota in answer.Quotas.Count == 0 ? [] : await services.Journal.UsedUpAsync(answer.Quotas, runId, state.Path, now))
        {
            answer = answer.With(PolicyRules.Over(quota));
        }

        if (NeedsPeople(answer) && AskFirst(connection, bound, effect, inputs, targets, answer))
        {
            return IntentEnd.Stopped;
        }

        var before = state.Intent?.Before ?? (bound.HasBefore ? await bound.BeforeAsync(inputs, Context(connection, acts: false)) : null);
        var rule = step.Recovery ?? (step.Probe is not null ? Recover.Probe : bound.Recovery ?? Recover.Ask);
        var intent = new IntentRecorded(
            state.Path, _attempt, _key, connection.Name, connection.Connector, targets, before, rule,
            (step.Probe is not null ? TimeSpan.FromSeconds(60) : bound.Settle).TotalSeconds, answer, state.Gate?.Request.Id, effect == Effect.Contain && !bound.Action.Lifts ? LeaseTerms.Of(step.Lease, answer.Lease) : null);
        var locks = effect is Effect.Contain or Effect.Destroy ? Targets.Locks(connection.Name, targets) : [];
        var guard = new IntentGuard(connection.Connector, created.Playbook, locks, state.Path)
        {
            // Who holds it besides was read before; what counts is who does in the transaction. Then it is read again, and let go.
            Sole = !state.Unsettled && bound.Action is { Lifts: true, Undo: { } held } && (created.UndoOf ?? created.LeaseOf) is { } holding ? new SoleHold(held, holding) : null,
            Quotas = [.. answer.Quotas.Select(quota => quota with { Approved = state.Gate is { Choice: not (null or GateRules.Reject) } gate && GateRules.Approves(gate.Request, quota.Rule) })],
        };
        var go = new TaskCompletionSource<IntentEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        return mailbox.Post(new IntentReady(intent, guard, go, NeedsPeople(answer))) ? await go.Task : IntentEnd.Stopped;
    }

    /// <summary>In a run that gives back what another holds: who holds it besides, at this moment.</summary>
    private async Task<HoldLet?> HeirAsync(Connection connection, ActionDescriptor action, IReadOnlyList<TargetFacts> targets)
    {
        var created = scope.State.Created!;
        if ((created.UndoOf ?? created.LeaseOf) is not { } holder || action is not { Lifts: true, Undo: { } held } || state.Unsettled)
        {
            return null;
        }

        var keys = targets.Select(target => Targets.Key(connection.Name, target)).ToHashSet();
        var other = (await services.Queries.EffectsAsync(null, cancel))
            .FirstOrDefault(row => row.RunId != holder && row.Action == held && keys.Contains(new TargetKey(row.Connection, row.Target)));
        return other is null ? null : new HoldLet(state.Path, other.Connection, other.Target, held, holder, other.RunId);
    }

    /// <summary>What would be destroyed is listed before anybody is asked, whether the playbook does so or not.</summary>
    private async Task ListFirstAsync(Connection connection, BoundAction bound)
    {
        if (state.Intent is null && Relisting.IsMissing(bound.Action, _inputs) && await Relisting.TakeAsync(connection, bound.Action, _inputs, Context(connection, acts: false)) is var (inputs, sum))
        {
            (_inputs, _listed) = (inputs, $"It holds {sum}; the list is kept.");
            mailbox.Post(new ListTaken(new InputsListed(state.Path, _inputs, _listed), _attempt, null));
        }
    }

    /// <summary>Nothing was destroyed, because the list no longer fits: people are asked again, with the list as it is now.</summary>
    private async Task ListAnewAsync(ActionFailure failure)
    {
        var error = new StepError(failure.Kind, failure.Message, failure.Code, failure.TraceId);
        try
        {
            if (Find() is var (connection, bound) && bound.Action.Lists is not null && await Relisting.TakeAsync(connection, bound.Action, _inputs, Context(connection, acts: false)) is var (inputs, sum))
            {
                mailbox.Post(new ListTaken(new InputsListed(state.Path, inputs, $"It holds {sum} now. {failure.Message}"), _attempt, error));
                return;
            }
        }
        catch (ActionFailure second)
        {
            error = error with { Message = $"{failure.Message} To list it again failed: {second.Message}" };
        }

        Fail(error, false);
    }

    private bool NeedsPeople(PolicyAnswer answer) =>
        answer.Verdict == PolicyVerdict.RequireApproval || (step.Approval is { } own && (own.When is not { } when || when.IsTrue(scope)));

    /// <summary>True where people must be asked: nobody approved this, or what was approved is another thing, or it is too old.</summary>
    private bool AskFirst(Connection connection, BoundAction bound, Effect effect, JsonElement inputs, IReadOnlyList<TargetFacts> targets, PolicyAnswer answer)
    {
        var request = GateBuilder.ForAction(step, state.Path, scope, services.Policy, bound.Action, effect, connection.Name, inputs, targets, answer, _listed);
        if (state.Gate is not { Choice: not null } gate)
        {
            mailbox.Post(new NeedsGate(state.Path, request));
            return true;
        }

        var current = GateRules.Covers(gate.Request, request)
            && services.Time.GetUtcNow() - gate.ClosedAt!.Value <= services.Limits.ApprovalLife
            && gate.How != GateRules.Stale;
        if (current)
        {
            return false;
        }

        mailbox.Post(new GateIsStale(state.Path, request));
        return true;
    }

    private async Task CallAsync(Connection connection, BoundAction bound, Effect effect)
    {
        var call = bound.RunAsync(_inputs, Context(connection, acts: effect != Effect.Read));
        Outcome<JsonElement> outcome;
        try
        {
            outcome = effect == Effect.Read ? await call : await call.WaitAsync(services.Limits.CallLimit, services.Time);
        }
        catch (TimeoutException exception) when (effect != Effect.Read)
        {
            throw new ActionFailure(FailureKind.Unknown, $"{step.Uses} did not answer within {services.Limits.CallLimit.TotalMinutes:0} minutes.", exception);
        }

        var kept = await LargeOutputs.KeepAsync(outcome.Value, step, state.Path, runId, services, cancel);
        mailbox.Post(new CallEnded(state.Path, _attempt, outcome with { Value = kept }));
    }

    private CallContext Context(Connection connection, bool acts) => new(
        services, mailbox, runId, state.Path, _key, _attempt, scope.State.Created!.Url is { } url ? new Uri(url) : null,
        connection.Connector, scope.State.Created.Playbook, acts, acts ? CancellationToken.None : cancel);

    private void Fail(StepError error, bool stoppedAtGate) => mailbox.Post(new CallFailed(state.Path, _attempt, error, stoppedAtGate));
}
