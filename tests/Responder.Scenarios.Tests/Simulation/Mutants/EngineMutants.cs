using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Promises;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Scenarios.Tests.Simulation.Mutants;

/// <summary>Repeats where it should ask the product first: every probe says at once that nothing happened.</summary>
internal sealed class RepeatsWithoutAProbe : Mutant
{
    public override BoundAction Action(BoundAction action) => action.Recovery == Recover.Probe ? new Blind(action) : action;

    [method: SetsRequiredMembers]
    private sealed class Blind(BoundAction inner) : DecoratedAction(inner)
    {
        public override TimeSpan Settle => TimeSpan.Zero;

        public override Task<(ProbeVerdict Verdict, JsonElement? Result, string Reason)> ProbeAsync(
            JsonElement inputs, Before? before, DateTimeOffset committedAt, ActionContext context) =>
            Task.FromResult((ProbeVerdict.NotHappened, (JsonElement?)null, "Not looked."));
    }
}

/// <summary>Counts a probe's "no" before the product's lists can show a "yes".</summary>
internal sealed class SettlesTooSoon : Mutant
{
    public override BoundAction Action(BoundAction action) => action.Recovery == Recover.Probe ? new Hasty(action) : action;

    [method: SetsRequiredMembers]
    private sealed class Hasty(BoundAction inner) : DecoratedAction(inner)
    {
        public override TimeSpan Settle => TimeSpan.FromSeconds(2);
    }
}

/// <summary>Takes an approval however old it is.</summary>
internal sealed class KeepsOldApprovals : Mutant
{
    public override RunLimits Limits => new() { ApprovalLife = TimeSpan.FromDays(100) };
}

/// <summary>Lets deadlines act that passed while the process was down.</summary>
internal sealed class ForgetsThatItSlept : Mutant
{
    public override DateTimeOffset Awake(DateTimeOffset start) => DateTimeOffset.MinValue;
}

/// <summary>Looks after no run that was left behind.</summary>
internal sealed class ForgetsTheDead : Mutant
{
    public override IReadOnlyList<string> Due(IReadOnlyList<string> due) => [];
}

/// <summary>Tells the password that it made.</summary>
internal sealed class TellsThePassword : Mutant
{
    public override BoundAction Action(BoundAction action) => action.Action.Name == "identity.reset_password" ? new Talkative(action) : action;

    [method: SetsRequiredMembers]
    private sealed class Talkative(BoundAction inner) : DecoratedAction(inner)
    {
        public override async Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context)
        {
            var outcome = await base.RunAsync(inputs, context);
            return outcome with { Value = JsonSerializer.SerializeToElement(new { id = NoSecrets.Canary, must_change = true, at = context.Time.GetUtcNow() }, Json.Options) };
        }
    }
}
