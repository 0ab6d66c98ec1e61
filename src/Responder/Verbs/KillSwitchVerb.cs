using System.CommandLine;
using Responder.Cli.Desk;
using Responder.Engine.Journal;
using Responder.Sdk;

namespace Responder.Cli.Verbs;

/// <summary><c>responder kill-switch show | throw | lift</c>.</summary>
internal static class KillSwitchVerb
{
    public static Command Make() => new("kill-switch", "Stops every effect: of all, of one connector, or of one playbook.") { Show(), Set("throw", on: true), Set("lift", on: false) };

    private static Command Show()
    {
        var (data, server, output) = (Options.Data(), Desks.Server(), Options.Output());
        var command = new Command("show", "Says which switches are thrown, and which effects are in flight.") { data, server, output };
        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk => Tell(await desk.KillSwitchAsync(cancel), parse.GetValue(output) == "json"), cancel));
        return command;
    }

    private static Command Set(string name, bool on)
    {
        var (data, server, output) = (Options.Data(), Desks.Server(), Options.Output());
        var connector = new Option<string?>("--connector") { Description = "Only this connector." };
        var playbook = new Option<string?>("--playbook") { Description = "Only this playbook." };
        var reason = new Option<string>("--reason") { Description = "Why, for the others.", DefaultValueFactory = _ => "no reason given" };
        var command = new Command(name, on
            ? "Throws it: from its commit on no effect begins on any node.\n\nExample: responder kill-switch throw --connector crowdstrike --reason \"wrong hosts\""
            : "Lifts it. Runs that it held wait for a person: responder runs resume ID.")
        {
            connector, playbook, reason, data, server, output,
        };
        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk =>
        {
            var (scope, named) = (parse.GetValue(connector), parse.GetValue(playbook)) switch
            {
                ({ } one, null) => ("connector", one),
                (null, { } one) => ("playbook", one),
                (null, null) => ("all", string.Empty),
                _ => throw new BadInputException("Give --connector or --playbook, not both; neither is for all."),
            };
            await desk.SetKillSwitchAsync(scope, named, on, parse.GetValue(reason)!, cancel);
            return Tell(await desk.KillSwitchAsync(cancel), parse.GetValue(output) == "json");
        }, cancel));
        return command;
    }

    private static int Tell(SwitchState state, bool json)
    {
        if (json)
        {
            Verb.PrintJson(state);
            return ExitCodes.Done;
        }

        Console.Out.WriteLine(state.Thrown.Count == 0 ? "No switch is thrown." : string.Join(Environment.NewLine, state.Thrown.Select(one =>
            RunText.Plain($"thrown for {(one.Scope == "all" ? "all" : $"the {one.Scope} {one.Name}")} by {one.By} at {Json.Time(one.At)}: {one.Reason}"))));
        foreach (var effect in state.InFlight)
        {
            Console.Out.WriteLine(RunText.Plain($"in flight  {effect.Action} on {effect.TargetName}, run {effect.RunId}, since {Json.Time(effect.At)}"));
        }

        return ExitCodes.Done;
    }
}

/// <summary>How the kill switch stands.</summary>
/// <param name="Thrown">Every switch that is thrown.</param>
/// <param name="InFlight">Effects whose intent was committed before and whose call may be on its way.</param>
internal sealed record SwitchState(IReadOnlyList<KillSwitchRow> Thrown, IReadOnlyList<EffectRow> InFlight);
