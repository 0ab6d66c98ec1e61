using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Scenarios.Tests.Simulation.Products;

/// <summary>A connector's handler of one action, in one process, over the products of the world.</summary>
internal sealed class SimAction : BoundAction
{
    private readonly World _world;
    private readonly SimProcess _process;
    private readonly Dice _dice;
    private readonly string _connection;

    [SetsRequiredMembers]
    public SimAction(ActionDescriptor action, Recover? rule, string connection, World world, SimProcess process)
    {
        (Action, Recovery, _connection, _world, _process) = (action, rule, connection, world, process);
        _dice = world.ProductDice;
    }

    // The products' lists lag by half a minute, and what was sent arrives within 15 s.
    public override TimeSpan Settle => TimeSpan.FromSeconds(60);

    public override bool HasProbe => Recovery == Recover.Probe;

    public override bool HasBefore => Action.Name is "edr.isolate_host" or "identity.disable_user";

    public override async Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context)
    {
        await _process.PassAsync(_world.Net.Prepare());
        if (SimConnections.RuleOf(Action, Recovery, inputs) is not { } rule)
        {
            return await ReadAsync(inputs, context);
        }

        _world.Pass(_process, Boundary.AfterIntent);
        if (_dice.Percent(_world.Trouble) && _dice.Percent(20))
        {
            throw Silent();
        }

        await context.ConfirmMayActAsync();
        if (context.Cancel.CanBeCanceled)
        {
            _world.Violate(9, $"run {context.RunId} {context.StepPath}: a call that acts can be cancelled.");
        }

        return await _world.Product.SendAsync(
            new Call
            {
                From = _process, RunId = context.RunId, Path = context.StepPath, Key = context.IdempotencyKey, Attempt = context.Attempt, Connection = _connection,
                Connector = SimConnections.Connector, Action = Action.Name, Rule = rule, Inputs = inputs.Clone(), SentAt = _world.Agenda.Now,
            },
            Action);
    }

    public override async Task<Before?> BeforeAsync(JsonElement inputs, ActionContext context)
    {
        await ThroughAsync(context.Cancel);
        var state = _world.Product.State(_connection, inputs, Action.Name);
        return new Before(state == ProductState.Free, state ?? ProductState.Free);
    }

    public override async Task<(ProbeVerdict Verdict, JsonElement? Result, string Reason)> ProbeAsync(
        JsonElement inputs, Before? before, DateTimeOffset committedAt, ActionContext context)
    {
        await ThroughAsync(context.Cancel);
        _world.Product.Probed(context.IdempotencyKey);
        if (_dice.Percent(_world.Trouble))
        {
            return (ProbeVerdict.CannotTell, null, "The product is busy.");
        }

        return _world.Product.Find(context.IdempotencyKey) is not null
            ? (ProbeVerdict.Happened, Results.Of(Action.Name, inputs, _world.Agenda.Now), "It is in the product's list.")
            : (ProbeVerdict.NotHappened, null, "It is not in the product's list.");
    }

    private async Task<Outcome<JsonElement>> ReadAsync(JsonElement inputs, ActionContext context)
    {
        await ThroughAsync(context.Cancel);
        var seen = false;
        if (Action.Name == "http.request")
        {
            // A playbook's own probe.
            _world.Product.Probed(context.IdempotencyKey);
            seen = _world.Product.Find(context.IdempotencyKey) is not null;
        }

        return new Outcome<JsonElement>(Results.Of(Action.Name, inputs, _world.Agenda.Now, seen));
    }

    /// <summary>The connection's breaker is open: nothing was sent.</summary>
    private ActionFailure Silent() =>
        new(FailureKind.Transient, "The product has not answered for a while.") { Code = "circuit_open", RetryAfter = _dice.Seconds(5, 60), CircuitSince = _world.Agenda.Now };

    private async Task ThroughAsync(CancellationToken cancel)
    {
        await Task.Delay(_dice.Milliseconds(1, 500), _process.Clock, cancel);
        if (!_dice.Percent(_world.Trouble))
        {
            return;
        }

        switch (_dice.Int(4))
        {
            case 0:
                throw _dice.Percent(50) ? Silent() : new ActionFailure(FailureKind.Transient, "The product is not there.");
            case 1:
                await Task.Delay(_dice.Seconds(10, 60), _process.Clock, cancel);
                throw new ActionFailure(FailureKind.Unknown, "The product did not answer.");
            case 2:
                await Task.Delay(_dice.Seconds(1, 100), _process.Clock, cancel);
                return;
            default:
                throw new ActionFailure(_dice.Percent(50) ? FailureKind.RateLimited : FailureKind.NotFound, "The product refuses.") { RetryAfter = _dice.Seconds(1, 30) };
        }
    }
}
