using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Directory;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>Every action that changes something, with its answer lost on the wire: unknown, and its recovery leads to one state.</summary>
[Collection("samba")]
public sealed class LostAnswerTests(SambaServer samba)
{
    private const string Disabled = "directory: { users: { slopez: { enabled: false } }, computers: { FIN-WS-012: { enabled: false } } }";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var action in new[] { "directory.disable_user", "directory.enable_user", "directory.disable_computer", "directory.enable_computer", "directory.reset_password" })
            {
                cases.Add(action, true);
                cases.Add(action, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Done_and_not_answered_is_unknown_and_the_rule_leads_to_the_same_end(string name, bool closes)
    {
        await using var wire = new LosingWire(samba.Address, 636, closes);
        await using var world = SambaWorlds.Open(samba, Now, Disabled, new Dictionary<string, string?> { ["Url"] = $"ldaps://{samba.Address}:{wire.Port}", ["Timeout"] = "2" });
        object action = name switch
        {
            "directory.disable_user" => new DisableDirectoryUser("alexchen"),
            "directory.enable_user" => new EnableDirectoryUser("slopez"),
            "directory.disable_computer" => new DisableComputer("ENG-WS-045"),
            "directory.enable_computer" => new EnableComputer("FIN-WS-012"),
            _ => new ResetDirectoryPassword("alexchen"),
        };
        var (bound, inputs) = (world.Connection.Bound(action), ConnectionBench.Inputs(action));
        var step = world.Connection.Step(atGate: wire.LoseTheNextAnswer);
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => bound.RunAsync(inputs, step));
        Assert.Equal(FailureKind.Unknown, failure.Kind);
        await wire.Lost;
        Assert.Equal(1, world.Count(name));

        // Repeat, in this process and as another that was started after a kill.
        Assert.Equal(Recover.Repeat, bound.Recovery);
        var again = await bound.RunAsync(inputs, world.Connection.Step());
        await using var restarted = new ConnectionBench(new ActiveDirectoryConnector(), AppContext.BaseDirectory, TimeProvider.System, SambaWorlds.Settings(samba));
        var later = await restarted.Actions[name].RunAsync(inputs, restarted.Step());
        if (name == "directory.reset_password")
        {
            // Another value that nobody keeps, each time.
            Assert.Equal(3, world.Count(name));
        }
        else
        {
            Assert.Equal((OutcomeKind.AlreadySo, OutcomeKind.AlreadySo), (again.Kind, later.Kind));
            Assert.Equal(1, world.Count(name));
        }
    }
}
