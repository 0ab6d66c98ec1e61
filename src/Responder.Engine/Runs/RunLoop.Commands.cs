using System.Text.Json;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Engine.Steps;
using Responder.Playbooks.Expressions;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <content>What is decided, carried out.</content>
internal sealed partial class RunLoop
{
    private void CarryOut(Command command)
    {
        switch (command)
        {
            case Emit emit:
                Say(emit.Event);
                break;
            case Begin begin:
                BeginStep(begin);
                break;
            case Ask ask:
                Guarded(ask.Path, () => AskPeople(ask.Path, GateBuilder.ForApproval(ask.Step, ask.Path, Scope(ask.Place), _services.Policy)));
                break;
            case Act act:
                StartCall(act.Path, cancel => new ActionCall(_services, _mailbox, _runId, act.Step, State.Step(act.Path)!, Scope(act.Place), cancel).RunAsync());
                break;
            case Probe probe:
                StartCall(probe.Path, _ => new ProbeCall(_services, _mailbox, _runId, probe.Step, State.Step(probe.Path)!, Scope(probe.Place)).RunAsync());
                break;
            case CancelRead cancel:
                if (_calls.Remove(cancel.Path, out var call))
                {
                    call.Cancel();
                }

                break;
            case TestWhile test:
                Guarded(test.Path, () => Say(new WhileTested(test.Path, test.Index, test.Step.While.IsTrue(Scope(test.Place)))));
                break;
            case TakeTimeoutValue take:
                Guarded(take.Path, () => Say(new StepEnded(
                    take.Path, StepStatus.TimedOut, Outputs: take.Step.OnTimeout!.Resolve(Scope(take.Place)), Note: "its time ran out; the result is from on_timeout")));
                break;
            case EndCall end:
                Guarded(end.Path, () => Say(new StepEnded(end.Path, StepStatus.Succeeded, Outputs: Outputs(end.Place))));
                break;
            case EndRun end:
                Say(new RunEnded(end.Status, end.Outcome, end.Reason, Safely(() => Outputs(Place.Root(_plan)))));
                break;
            case LookForEvent look:
                LookForEventOf(look);
                break;
            default:
                throw new InvalidOperationException($"Nothing carries out {command.GetType().Name}.");
        }
    }

    private void Say(RunEvent happened)
    {
        _journal.Add(happened, Now);
        _journal.FlushWithin(_services.Limits.ReadFlush, Now);
    }

    private void BeginStep(Begin begin)
    {
        if (State.Steps.Count >= _services.Limits.StepInstances)
        {
            Say(new StepStarted(begin.Path, begin.Step.Place, begin.Step.Id, begin.Step.Name, begin.Step.Kind));
            Say(new StepEnded(begin.Path, StepStatus.Failed, Error: new StepError(
                FailureKind.Internal, $"The run has {_services.Limits.StepInstances} step instances, the most it may have; look for a loop over too long a list.")));
            return;
        }

        try
        {
            foreach (var happened in StepBegin.Events(begin.Step, begin.Path, Scope(begin.Place), _services.Connections))
            {
                Say(happened);
            }
        }
        catch (Exception exception) when (exception is ExpressionFailure or ActionFailure)
        {
            Say(new StepStarted(begin.Path, begin.Step.Place, begin.Step.Id, begin.Step.Name, begin.Step.Kind, (begin.Step as Playbooks.Language.ActionStep)?.Uses,
                Value: begin.Step is Playbooks.Language.CallStep ? Values.EmptyObject : null, Inputs: begin.Step is Playbooks.Language.CallStep ? Values.EmptyObject : null));
            Say(new StepEnded(begin.Path, StepStatus.Failed, Error: new StepError((exception as ActionFailure)?.Kind ?? FailureKind.Invalid, exception.Message)));
        }
    }

    /// <summary>An expression that fails fails its step, not the run's loop.</summary>
    private void Guarded(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is ExpressionFailure or ActionFailure)
        {
            Say(new StepEnded(path, StepStatus.Failed, Error: new StepError((exception as ActionFailure)?.Kind ?? FailureKind.Invalid, exception.Message)));
        }
    }

    private JsonElement? Safely(Func<JsonElement> outputs)
    {
        try
        {
            return outputs();
        }
        catch (ExpressionFailure failure)
        {
            Say(new WarningNoted(null, $"An output of the playbook failed: {failure.Message}"));
            return null;
        }
    }

    private JsonElement Outputs(Place place)
    {
        var scope = Scope(place);
        return Values.Of(place.Index.Playbook.Outputs.ToDictionary(one => one.Key, one => one.Value.Resolve(scope)));
    }

    private void AskPeople(string path, GateRequest gate)
    {
        Say(new GateAsked(path, gate));
        AnswerForPeople(path, gate);
    }

    /// <summary><c>--approve all</c> and <c>none</c> answer at once; <c>all</c> never stands for a lead whom policy asks, nor for anybody policy asks where the products are real.</summary>
    private void AnswerForPeople(string path, GateRequest gate)
    {
        var created = State.Created!;
        if (created.Auto == AutoAnswer.None)
        {
            Say(new GateAnswered(path, gate.Id, "--approve none", GateRules.Reject, null, null, "--approve none"));
            return;
        }

        var needsLead = gate is { AskedByPolicy: true, Policy: { } policy } && RoleRanks.Least(policy.Roles) > RoleRanks.Of("analyst");
        if (created.Auto != AutoAnswer.All || needsLead || (gate.AskedByPolicy && created.Connectors == "configured")
            || gate.Fields.Any(field => field is { Required: true, Default: null or { ValueKind: JsonValueKind.Null } }))
        {
            return;
        }

        var fields = gate.Fields.Count == 0 ? (JsonElement?)null : Values.Of(gate.Fields.ToDictionary(field => field.Name, field => field.Default));
        for (var one = 1; one <= gate.Count; one++)
        {
            Say(new GateAnswered(path, gate.Id, one == 1 ? "--approve all" : $"--approve all ({one})", gate.Choices[0], fields, null, "--approve all"));
        }
    }

    private void StartCall(string path, Func<CancellationToken, Task> call)
    {
        if (_calls.ContainsKey(path))
        {
            return;
        }

        var cancel = new CancellationTokenSource();
        _calls[path] = cancel;
        _ = call(cancel.Token);
    }

    private void LookForEventOf(LookForEvent look)
    {
        if (!_lookedFor.Add(look.Path))
        {
            return;
        }

        _ = ReadAsync();

        async Task ReadAsync()
        {
            try
            {
                _mailbox.Post(new EventsRead(look.Path, await _services.Events.ReadAsync(look.Name, State.CreatedAt, CancellationToken.None)));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The sweep and the next nudge look again.
                _services.Log.Log(Microsoft.Extensions.Logging.LogLevel.Warning, default, exception, exception, static (_, error) => $"Reading events failed: {error!.Message}");
            }
        }
    }

    private RunScope Scope(Place place) => new(
        _plan, State, _runId, place, Now, _services.Connections.Serves,
        () => Values.Of(new { markdown = _services.Report(_journal.Entries, Now) }));
}
