using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Steps;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Engine.Runs;

/// <summary>Asks the product whether an attempt whose end is unknown has happened.</summary>
internal sealed class ProbeCall(RunServices services, RunMailbox mailbox, string runId, ActionStep step, StepState state, RunScope scope)
{
    public async Task RunAsync()
    {
        var intent = state.Intent!;
        if (services.Connections.Named(intent.Connection) is not { } connection || !connection.Actions.TryGetValue(step.Uses, out var bound))
        {
            mailbox.Post(new CallImpossible(state.Path, $"The connection '{intent.Connection}', which {step.Uses} was begun on, is no longer configured."));
            return;
        }

        var settle = TimeSpan.FromSeconds(intent.Settle);
        var context = new CallContext(
            services, mailbox, runId, state.Path, intent.Key, state.Attempts, scope.State.Created!.Url is { } url ? new Uri(url) : null,
            connection.Connector, scope.State.Created.Playbook, acts: false, CancellationToken.None);
        try
        {
            var (verdict, result, reason) = step.Probe is { } declared
                ? await DeclaredAsync(declared, bound, context)
                : await bound.ProbeAsync(state.Inputs!.Value, intent.Before, state.FirstIntentAt!.Value, context);
            mailbox.Post(new ProbeEnded(state.Path, verdict, result, reason, settle));
        }
        catch (ActionFailure failure) when (failure.CircuitSince is { } since)
        {
            mailbox.Post(new ProbeEnded(state.Path, ProbeVerdict.CannotTell, null, failure.Message, settle, new OpenCircuit(connection.Name, since), failure.RetryAfter));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            mailbox.Post(new ProbeEnded(state.Path, ProbeVerdict.CannotTell, null, $"The probe failed: {exception.Message}", settle));
        }
    }

    private async Task<(ProbeVerdict Verdict, JsonElement? Result, string Reason)> DeclaredAsync(DeclaredProbe declared, Sdk.Catalog.BoundAction bound, CallContext context)
    {
        var inputs = Values.Of(declared.With.ToDictionary(one => one.Key, one => one.Value.Resolve(scope)));
        var answer = await bound.RunAsync(inputs, context);
        return declared.Happened.IsTrue(scope.With("response", answer.Value))
            ? (ProbeVerdict.Happened, answer.Value, "The playbook's probe says that it happened.")
            : (ProbeVerdict.NotHappened, null, "The playbook's probe says that it did not happen.");
    }
}
