using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Policy;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Runs;

/// <summary>
/// One attempt of an action, away from the run's loop: for an effect describe, policy, gate, state before, intent, call; for a read the call.
/// It changes nothing of the run itself: what it finds goes to the mailbox.
/// </summary>
internal sealed class ActionCall(RunServices services, RunMailbox mailbox, string runId, ActionStep step, StepState state, RunScope scope, CancellationToken cancel)
{
    private readonly int _attempt = state.AttemptOpen ? state.Attempts : state.Attempts + 1;
    private bool _committed;

    public async Task RunAsync()
    {
        try
        {
            if (Find() is not var (connection, bound))
            {
                return;
            }

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
        catch (ActionFailure failure)
        {
            // Before the intent nothing was called, whatever the read that failed may say.
            var kind = failure.Kind == FailureKind.Unknown && !_committed && state.Effect != Effect.Read ? FailureKind.Transient : failure.Kind;
            Fail(new StepError(kind, failure.Message, failure.Code, failure.TraceId, failure.RetryAfter?.TotalSeconds), failure.Code == CallContext.Gate);
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
        var inputs = state.Inputs!.Value;
        var created = scope.State.Created!;
        var targets = await Targets.DescribeAsync(bound.Action, effect, inputs, connection, cancel);
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
            state.Path, _attempt, Keys.Of(runId, state.Path), connection.Name, connection.Connector, targets, before, rule,
            (step.Probe is not null ? TimeSpan.FromSeconds(60) : bound.Settle).TotalSeconds, answer, state.Gate?.Request.Id);
        var locks = effect is Effect.Contain or Effect.Destroy ? Targets.Locks(connection.Name, targets) : [];
        var guard = new IntentGuard(connection.Connector, created.Playbook, locks, state.Path)
        {
            Quotas = [.. answer.Quotas.Select(quota => quota with { Approved = state.Gate is { Choice: not (null or GateRules.Reject) } gate && GateRules.Approves(gate.Request, quota.Rule) })],
        };
        var go = new TaskCompletionSource<IntentEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        return mailbox.Post(new IntentReady(intent, guard, go)) ? await go.Task : IntentEnd.Stopped;
    }

    private bool NeedsPeople(PolicyAnswer answer) =>
        answer.Verdict == PolicyVerdict.RequireApproval || (step.Approval is { } own && (own.When is not { } when || when.IsTrue(scope)));

    /// <summary>True where people must be asked: nobody approved this, or what was approved is another thing, or it is too old.</summary>
    private bool AskFirst(Connection connection, BoundAction bound, Effect effect, JsonElement inputs, IReadOnlyList<TargetFacts> targets, PolicyAnswer answer)
    {
        var request = GateBuilder.ForAction(step, state.Path, scope, services.Policy, bound.Action, effect, connection.Name, inputs, targets, answer);
        if (state.Gate is not { Choice: not null } gate)
        {
            mailbox.Post(new NeedsGate(state.Path, request));
            return true;
        }

        var current = GateRules.Covers(gate.Request, request)
            && scope.Now - gate.ClosedAt!.Value <= services.Limits.ApprovalLife
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
        var call = bound.RunAsync(state.Inputs!.Value, Context(connection, acts: effect != Effect.Read));
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
        services, mailbox, runId, state.Path, Keys.Of(runId, state.Path), _attempt, scope.State.Created!.Url is { } url ? new Uri(url) : null,
        connection.Connector, scope.State.Created.Playbook, acts, acts ? CancellationToken.None : cancel);

    private void Fail(StepError error, bool stoppedAtGate) => mailbox.Post(new CallFailed(state.Path, _attempt, error, stoppedAtGate));
}
