using Responder.Sdk;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Tests.Bench;

/// <summary>The product did it and its answer never came: what the handler's recovery rule makes of it.</summary>
public static class LostAnswers
{
    public static TheoryData<WireFaultKind> Ways => [WireFaultKind.DropAfterDoing, WireFaultKind.HangAfterDoing];

    /// <summary>Does an action once with the answer lost, recovers as the engine would, and gives the result that counts. It must have been done once.</summary>
    /// <param name="world">The connection; its time-out is short.</param>
    /// <param name="action">The action.</param>
    /// <param name="way">How the answer is lost.</param>
    /// <param name="path">A part of the path of the call that acts.</param>
    /// <param name="most">How often it may be there: more than once for messages alone.</param>
    public static async Task<TResult> RecoverAsync<TResult>(this World world, IAction<TResult> action, WireFaultKind way, string path, int most = 1)
    {
        var bound = world.Connection.Bound(action);
        var before = bound.HasBefore ? await world.Connection.BeforeAsync(action) : null;
        var (step, was) = (world.Connection.Step(), world.Count(bound.Action.Name));
        world.Emulator!.Faults.Add(new WireFault { Method = "acts", Path = path, Do = way, Times = 1 });
        Assert.Equal(FailureKind.Unknown, (await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(action, step))).Kind);
        world.Emulator.Faults.Clear();
        Assert.Equal(was + 1, world.Count(bound.Action.Name));
        var result = bound.Recovery switch
        {
            Recover.Repeat => (await world.Connection.DoAsync(action, step)).Value,
            Recover.Probe => await ProbedAsync(world, action, step, before),
            var rule => throw new InvalidOperationException($"{bound.Action.Name} is recovered by {rule}: a person is asked."),
        };
        Assert.InRange(world.Count(bound.Action.Name) - was, 1, most);
        return result;
    }

    /// <summary>Does an action whose rule is to ask a person, with the answer lost: it was done once, the end is unknown, and nothing here could find it out or does it again.</summary>
    /// <inheritdoc cref="RecoverAsync" path="/param"/>
    public static async Task<ActionFailure> LeavesToAPersonAsync<TResult>(this World world, IAction<TResult> action, WireFaultKind way, string path)
    {
        var (bound, step) = (world.Connection.Bound(action), world.Connection.Step());
        var was = world.Count(bound.Action.Name);
        world.Emulator!.Faults.Add(new WireFault { Method = "acts", Path = path, Do = way, Times = 1 });
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => world.Connection.DoAsync(action, step));
        world.Emulator.Faults.Clear();
        Assert.Equal((FailureKind.Unknown, Recover.Ask), (failure.Kind, bound.Recovery));
        Assert.Equal(was + 1, world.Count(bound.Action.Name));
        return failure;
    }

    private static async Task<TResult> ProbedAsync<TResult>(World world, IAction<TResult> action, BenchContext step, Before? before)
    {
        var answer = await world.Connection.ProbeAsync(action, step, before);
        Assert.Equal(ProbeVerdict.Happened, answer.Verdict);
        return answer.Result!;
    }
}
