using System.Text.Json;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Connectors.Mock.Tests;

/// <summary>What holds for each action that has an effect.</summary>
public sealed class EveryEffect
{
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<int> Samples
    {
        get
        {
            using var folder = new TempFolder();
            var bench = new ConnectionBench(new MockConnector(), folder.Path, TimeProvider.System);
            TheoryData<int> samples = [.. Enumerable.Range(0, SampleActions.All(bench).Count)];
            bench.DisposeAsync().AsTask().Wait();
            return samples;
        }
    }

    [Fact]
    public async Task Each_has_a_sample_here_and_the_mock_serves_every_action_of_the_Sdk()
    {
        await using var world = MockWorlds.Open(Now);
        var samples = SampleActions.All(world.Connection).Select(action => world.Connection.Catalog.Of(action.GetType()).Name).ToList();
        var effects = ActionCatalog.Neutral.All.Where(action => action.Effect != Effect.Read || action.Name == "http.request").Select(action => action.Name);
        Assert.Equal(effects.Order(StringComparer.Ordinal), samples.Order(StringComparer.Ordinal));
        Assert.Equal(ActionCatalog.Neutral.All.Select(action => action.Name), world.Connection.Actions.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Nothing_is_done_when_the_last_gate_says_no(int sample)
    {
        await using var world = MockWorlds.Open(Now, SampleActions.Overrides);
        var (bound, inputs) = Of(world, sample);
        var step = world.Connection.Step(mayAct: false);
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => bound.RunAsync(inputs, step));
        Assert.Equal("stopped_at_gate", failure.Code);
        Assert.Empty(world.Estate.Effects());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task It_is_done_once_after_one_look_at_the_gate_and_is_counted_on_disk(int sample)
    {
        await using var world = MockWorlds.Open(Now, SampleActions.Overrides);
        var (bound, inputs) = Of(world, sample);
        var step = world.Connection.Step();
        await bound.RunAsync(inputs, step);
        Assert.Equal(1, step.Gates);
        var effect = Assert.Single(world.Estate.Effects("run-1")).Value;
        Assert.Equal((bound.Action.Name, 1), (effect.Action, effect.Count));
        Assert.Equal(1, effect.ByKey[step.IdempotencyKey]);
        Assert.Single(effect.ByTarget);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task After_a_lost_answer_its_recovery_rule_leads_to_one_effect(int sample)
    {
        await using var world = MockWorlds.Open(Now, SampleActions.Overrides, "[{ action: '*', do: timeout_after_doing, times: 1 }]");
        var (bound, inputs) = Of(world, sample);
        var step = world.Connection.Step();
        var before = await bound.BeforeAsync(inputs, step);
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => bound.RunAsync(inputs, step));
        Assert.Equal(FailureKind.Unknown, failure.Kind);
        if (bound.Recovery == Recover.Probe)
        {
            var (verdict, result, reason) = await bound.ProbeAsync(inputs, before, Now, step);
            Assert.True(verdict == ProbeVerdict.Happened, reason);
            Assert.NotNull(result);
        }
        else if (bound.Recovery == Recover.Repeat)
        {
            await bound.RunAsync(inputs, step);
        }

        Assert.Equal(1, world.Count(bound.Action.Name));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Where_nothing_was_done_a_probe_says_so(int sample)
    {
        await using var world = MockWorlds.Open(Now, SampleActions.Overrides);
        var (bound, inputs) = Of(world, sample);
        Assert.Equal(bound.Recovery == Recover.Probe, bound.HasProbe);
        if (bound.HasProbe)
        {
            var step = world.Connection.Step();
            Assert.Equal(ProbeVerdict.NotHappened, (await bound.ProbeAsync(inputs, await bound.BeforeAsync(inputs, step), Now, step)).Verdict);
        }
    }

    private static (BoundAction Bound, JsonElement Inputs) Of(World world, int sample)
    {
        var action = SampleActions.All(world.Connection)[sample];
        return (world.Connection.Bound(action), JsonSerializer.SerializeToElement(action, action.GetType(), Json.Options));
    }
}
