using System.CommandLine;
using Responder.Cli.Desk;
using Responder.Sdk;

namespace Responder.Cli.Verbs;

/// <summary><c>responder containment list</c>.</summary>
internal static class ContainmentVerb
{
    public static Command Make() => new("containment", "What is isolated or disabled now.") { List() };

    private static Command List()
    {
        var (data, server, output) = (Options.Data(), Desks.Server(), Options.Output());
        var command = new Command("list", "Lists containment in force: by which run and whom, why, until when.\n\nExample: responder containment list --output json") { data, server, output };
        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk =>
        {
            var rows = await desk.ContainmentAsync(cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { Items = rows });
                return ExitCodes.Done;
            }

            foreach (var row in rows)
            {
                Console.Out.WriteLine($"{RunText.Plain(row.Name),-28} {row.Action,-26} {row.Status,-10} since {Json.Time(row.Since)}  {(row.Until is { } until ? $"until {Json.Time(until)}" : "no end")}  by {RunText.Plain(row.By)}{(row.Before ? ", and by somebody before" : string.Empty)}");
                Console.Out.WriteLine($"    run {row.RunId}: {RunText.Plain(row.Why)}");
            }

            await Console.Error.WriteLineAsync(rows.Count == 0 ? "Nothing is contained." : $"{rows.Count} in force; to take one back: responder runs undo RUN");
            return ExitCodes.Done;
        }, cancel));
        return command;
    }
}
