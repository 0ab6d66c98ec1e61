using Responder.Engine.Runs;
using Responder.Scenarios.Tests.Simulation.Nodes;
using Responder.Scenarios.Tests.Simulation.Time;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Everybody outside: senders of alerts, approvers, leads, those who cancel, those who throw the switch.</summary>
internal sealed class Crowd
{
    private readonly World _world;
    private readonly Dice _dice;
    private readonly Senders _senders;
    private readonly Undoers _undoers;
    private readonly Lenders _lenders;

    public Crowd(World world, Dice dice)
    {
        (_world, _dice) = (world, dice);
        _senders = new Senders(world, dice.Split("senders"));
        _undoers = new Undoers(world, dice.Split("undoers"));
        _lenders = new Lenders(world);
        Approvers = new Approvers(world, this, dice.Split("approvers"));
    }

    public Approvers Approvers { get; }

    /// <summary>True where all that was sent was accepted, every undo that was ordered has an answer, every lease has been asked for at its first end, and every run has ended.</summary>
    public bool IsDone => _senders.AllAccepted && _undoers.AllAnswered && _lenders.AllAsked && _world.Record.Runs.TrueForAll(run => run.State.Ended is not null);

    /// <summary>What has not ended, for people.</summary>
    public string Open => string.Join("; ", _world.Record.Runs.Where(run => run.State.Ended is null)
        .Select(run => $"{run.RunId} {run.Row?.Status} {run.Row?.Reason} due {run.Row?.DueAt:O} [{string.Join(" | ", run.State.Open.Select(path => Describe(run.State.Step(path)!)))}]")
        .Append(_senders.AllAccepted ? "all alerts accepted" : "an alert was never accepted"));

    public void Start()
    {
        _senders.Start();
        _undoers.Start();
        _lenders.Start();
        Approvers.Start();
        new Leads(_world, this, _dice.Split("leads")).Start();
        new Colleagues(_world, this, _dice.Split("colleagues")).Start();
        if (_world.Scenario.Switches)
        {
            new Switches(_world, _dice.Split("switches")).Start();
        }
    }

    /// <summary>Tells a run something by way of a node; nothing comes back where the node dies meanwhile.</summary>
    public void Tell(string runId, RunSignal signal, Action<SignalResult>? answered = null)
    {
        // The node that has the run, as a cluster routes it; now and then another, as in the moment in which a cluster changes.
        var node = _dice.Percent(95) && _world.Cluster.HolderOf(runId) is { } holder ? holder : _world.Cluster.Any(_dice);
        node?.Process.Post(_ => _ = TellAsync(node, runId, signal, answered), null);
    }

    /// <summary>Does something again and again until it is no longer called for.</summary>
    /// <param name="wait">How long between.</param>
    /// <param name="needed">Whether it is called for.</param>
    /// <param name="act">What.</param>
    public void Insist(TimeSpan wait, Func<bool> needed, Action act) => _world.Agenda.In(wait, () =>
    {
        if (needed())
        {
            act();
            Insist(TimeSpan.FromSeconds(45), needed, act);
        }
    });

    private static async Task TellAsync(Node node, string runId, RunSignal signal, Action<SignalResult>? answered)
    {
        var result = await node.Host.SignalAsync(runId, signal);
        answered?.Invoke(result);
    }

    private static string Describe(StepState step) =>
        $"{step.Path} {step.Kind} {step.Action} {step.Status} attempts {step.Attempts}{(step.AttemptOpen ? " open" : "")}{(step.Recovering ? " recovering" : "")}{(step.Held ? " held" : "")} retry {step.RetryDue:T} due {step.Due:T}";
}
