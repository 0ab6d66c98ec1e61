using System.CommandLine;
using Responder.Cli.Desk;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting.Containment;
using Command = System.CommandLine.Command;

namespace Responder.Cli.Verbs;

/// <summary><c>responder runs list | show | cancel | resume | report</c>.</summary>
internal static class RunsVerb
{
    public static Command Make() => new("runs", "Lists and handles runs.") { List(), Show(), Cancel(), Resume(), Undo(), Report() };

    private static Command List()
    {
        var (data, server, output) = (Options.Data(), Desks.Server(), Options.Output());
        var limit = new Option<int>("--limit") { DefaultValueFactory = _ => 50, Description = "At most so many, newest first." };
        var command = new Command("list", "Lists runs, newest first.") { data, server, output, limit };
        command.Does((parse, cancel) => WithDesk(parse, data, server, async desk =>
        {
            var page = await desk.RunsAsync(parse.GetValue(limit), cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(page);
                return ExitCodes.Done;
            }

            foreach (var run in page.Items)
            {
                Console.Out.WriteLine($"{run.RunId}  {run.Status,-10} {run.Outcome,-15} {run.CreatedAt:yyyy-MM-dd HH:mm:ss}Z  {RunText.Plain(run.Title)}{(run.QueuedBehind is { } holder ? $"  (behind {holder})" : string.Empty)}");
            }

            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Show()
    {
        var (id, data, server, output) = (Id(), Options.Data(), Desks.Server(), Options.Output());
        var command = new Command("show", "Shows a run with its steps.") { id, data, server, output };
        command.Does((parse, cancel) => WithDesk(parse, data, server, async desk =>
        {
            Foreground.Show(await desk.RunAsync(parse.GetValue(id)!, cancel) ?? throw NoRun(parse.GetValue(id)), parse.GetValue(output) == "json");
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Cancel()
    {
        var (id, data, server, config, reason) = (Id(), Options.Data(), Desks.Server(), Options.Config(), new Option<string?>("--reason") { Description = "Why; kept in the journal." });
        var command = new Command("cancel", "Ends a run between effects.") { id, data, server, config, reason };
        command.Does((parse, cancel) => WithDesk(parse, data, server, async desk =>
        {
            var result = await desk.CancelAsync(parse.GetValue(id)!, parse.GetValue(reason), cancel);
            await Console.Error.WriteLineAsync(result.Message);
            return result.Status == SignalStatus.Taken ? ExitCodes.Done : ExitCodes.BadInput;
        }, cancel, config, acts: true));
        return command;
    }

    private static Command Resume()
    {
        var (id, data, server, config, output, urls) = (Id(), Options.Data(), Desks.Server(), Options.Config(), Options.Output(), AnswersHere.Urls());
        var command = new Command("resume", "Goes on with a run: after an interruption, here; after the kill switch was lifted, where it is.") { id, data, server, config, output, urls };
        command.Does(async (parse, cancel) =>
        {
            var (runId, json) = (parse.GetValue(id)!, parse.GetValue(output) == "json");
            await using var desk = await Desks.OpenAsync(parse.GetValue(data)!, parse.GetValue(server), parse.GetValue(config), acts: true, cancel, runId: runId);
            var run = await desk.RunAsync(runId, cancel) ?? throw NoRun(runId);
            if (run.Status.IsEnd())
            {
                return await Foreground.ShowAsync(desk, runId, json);
            }

            await using var answers = desk is LocalDesk local ? await AnswersHere.ServeAsync(local.Node, parse.GetValue(urls), null, cancel) : null;
            await desk.ResumeAsync(runId, cancel);
            return await Foreground.DriveAsync(desk, runId, json, cancel);
        });
        return command;
    }

    private static Command Undo()
    {
        var (id, data, server, config, output) = (Id(), Options.Data(), Desks.Server(), Options.Config(), Options.Output());
        var reason = new Option<string>("--reason") { Description = "Why; kept in the journal, and written into a ticket that is opened again.", DefaultValueFactory = _ => "Asked for at the terminal." };
        var approve = new Option<string>("--approve") { Description = "Who answers the gate: ask (the terminal) or none.", DefaultValueFactory = _ => "ask" };
        approve.AcceptOnlyFromAmong("ask", "none");
        var dry = new Option<bool>("--plan") { Description = "Only say what can't be undone and what would be taken back." };
        var command = new Command("undo", "Takes back what a run did: the inverses in reverse order, behind one approval by a lead.") { id, data, server, config, output, reason, approve, dry };
        command.Does(async (parse, cancel) =>
        {
            var runId = parse.GetValue(id)!;
            await using var desk = await Desks.OpenAsync(parse.GetValue(data)!, parse.GetValue(server), parse.GetValue(config), acts: true, cancel, runId: runId);
            var plan = await desk.UndoPlanAsync(runId, cancel) ?? throw NoRun(runId);
            var json = parse.GetValue(output) == "json";
            if (parse.GetValue(dry) && json)
            {
                Verb.PrintJson(plan);
                return ExitCodes.Done;
            }

            await TellAsync(plan);
            if (parse.GetValue(dry) || plan.TakesBack.Count == 0)
            {
                return ExitCodes.Done;
            }

            var auto = parse.GetValue(approve) == "none" ? AutoAnswer.None : AutoAnswer.Ask;
            var (begun, whyNot) = await desk.UndoAsync(new UndoOrder(runId, parse.GetValue(reason)!, LocalDesk.Me, auto), cancel);
            return begun is null ? throw new BadInputException(whyNot!) : await Foreground.DriveAsync(desk, begun, json, cancel);
        });
        return command;
    }

    /// <summary>First what can't be undone.</summary>
    private static async Task TellAsync(UndoView plan)
    {
        foreach (var one in plan.Stays)
        {
            await Console.Error.WriteLineAsync($"stays       {one.Action} on {RunText.Plain(one.Target)}: {one.Why}{(one.Manifest is { } list ? $" (its list: {RunText.Plain(list.Name)}, {list.Artifact})" : string.Empty)}");
        }

        foreach (var one in plan.TakesBack)
        {
            await Console.Error.WriteLineAsync(one.HeldToo is { } other
                ? $"lets go     {one.Action} on {RunText.Plain(one.Target)}: run {other} holds it too, so it stays as it is"
                : $"takes back  {one.Action} on {RunText.Plain(one.Target)}  by {one.By}");
        }
    }

    private static Command Report()
    {
        var (id, data, server) = (Id(), Options.Data(), Desks.Server());
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "markdown", Description = "markdown, html or json." };
        format.AcceptOnlyFromAmong("markdown", "html", "json");
        var command = new Command("report", "Prints a run's incident report.") { id, data, server, format };
        command.Does((parse, cancel) => WithDesk(parse, data, server, async desk =>
        {
            Console.Out.WriteLine(await desk.ReportAsync(parse.GetValue(id)!, parse.GetValue(format)!, cancel) ?? throw NoRun(parse.GetValue(id)));
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    internal static BadInputException NoRun(string? id) => new($"There is no run {id}; see: responder runs list");

    private static Argument<string> Id() => new("id") { Description = "The run's id." };

    internal static async Task<int> WithDesk(
        ParseResult parse, Option<string> data, Option<string?> server, Func<IDesk, Task<int>> action, CancellationToken cancel, Option<string?>? config = null, bool acts = false)
    {
        await using var desk = await Desks.OpenAsync(parse.GetValue(data)!, parse.GetValue(server), config is null ? null : parse.GetValue(config), acts, cancel);
        return await action(desk);
    }
}
