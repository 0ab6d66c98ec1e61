using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Undo;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Scenarios.Tests.Simulation.People;

/// <summary>Remember what was lent: at the first end of each lease a run must ask, unless it was given back before.</summary>
internal sealed class Lenders(World world)
{
    private readonly HashSet<(string RunId, string Path)> _lent = [];

    /// <summary>True where nothing is lent whose end has not been asked for.</summary>
    public bool AllAsked => _lent.Count == 0;

    public void Start() => world.Record.Committed += (run, entries) =>
    {
        foreach (var entry in entries)
        {
            switch (entry.Event)
            {
                case StepEnded { Status: StepStatus.Succeeded, Outcome: OutcomeKind.Done } ended
                    when run.State.Step(ended.Path)?.Intent is { Lease: not null, Before: null or { Free: true } }:
                    _lent.Add((run.RunId, ended.Path));
                    break;
                case StepEnded { Status: StepStatus.Succeeded } given when run.State.Step(given.Path) is { Intent: { } intent, Action: { } action } && ActionCatalog.Neutral.Find(action) is { Lifts: true, Undo: { } held }:
                    _lent.RemoveWhere(one => world.Record.Run(one.RunId)!.State.Step(one.Path) is { Intent: { } lent } step
                        && step.Action == held && lent.Connection == intent.Connection && lent.Targets.Any(target => intent.Targets.Any(other => other.Id == target.Id)));
                    break;
                case HoldLet let:
                    _lent.RemoveWhere(one => one.RunId == let.From);
                    break;
                case RunCreated { LeaseOf: { } holder } created:
                    _lent.Remove((holder, created.Inputs.GetProperty("lease").Deserialize<LeaseRun.Subject>(Json.Options)!.Path));
                    break;
            }
        }
    };
}
