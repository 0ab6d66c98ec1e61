using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>The step instance that an event is about.</summary>
internal static class EventPath
{
    public static string? Of(RunEvent happened) => happened switch
    {
        StepStarted one => one.Path,
        StepSkipped one => one.Path,
        StepEnded one => one.Path,
        RunHeld one => one.Path,
        EventTaken one => one.Path,
        _ => StepFold.PathOf(happened),
    };
}
