using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Cli.Settings;
using Responder.Hosting.Connections;
using Responder.Sdk;

namespace Responder.Cli.Verbs;

/// <summary><c>responder connectors list | actions | check</c>.</summary>
internal static class ConnectorsVerb
{
    public static Command Make()
    {
        var (connectors, config, output) = (Options.Connectors(), Options.Config(), Options.Output());
        var list = new Command("list", "Lists the connections and what they serve.") { connectors, config, output };
        list.Does(async (parse, _) =>
        {
            await using var set = NodeFactory.Connections(parse.GetValue(connectors), LoadedSettings.Read(parse.GetValue(config)), Path.GetTempPath(), NullLoggerFactory.Instance);
            var rows = set.All.Select(one => new { one.Name, one.Connector, Actions = one.Actions.Count, Capabilities = one.Actions.Keys.Select(action => action.Split('.')[0]).Distinct().Order().ToList() }).ToList();
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(rows);
            }
            else
            {
                rows.ForEach(row => Console.Out.WriteLine($"{row.Name,-16} {row.Connector,-14} {row.Actions,3} actions: {string.Join(", ", row.Capabilities)}"));
            }

            return ExitCodes.Done;
        });
        var format = Options.Output();
        var actions = new Command("actions", "Lists every action with its effect and undo.") { format };
        actions.Does((parse, _) =>
        {
            var catalog = ReadOptionsHere.Catalog();
            if (parse.GetValue(format) == "json")
            {
                Verb.PrintJson(catalog.All.Select(one => new { one.Name, one.Effect, one.Undo, one.NoUndo, one.About, Inputs = one.Inputs.Select(input => new { input.Name, Type = input.TypeName, input.Required, input.About }), Outputs = one.Outputs.Select(field => new { field.Name, Type = field.TypeName, field.About }) }));
            }
            else
            {
                foreach (var one in catalog.All)
                {
                    Console.Out.WriteLine($"{one.Name,-30} {one.Effect,-8} {(one.Undo is null ? string.Empty : "undo: " + one.Undo)}");
                }
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return new Command("connectors", "What the connectors can do.") { list, actions, Check() };
    }

    private static Command Check()
    {
        var (connectors, config, output) = (Options.Connectors(), Options.Config(), Options.Output());
        var names = new Argument<string[]>("connections") { Description = "Connections by name; all where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var check = new Command(
            "check", "Signs in to each connection's product and says which actions its credential is allowed. Nothing is changed there.\n\nExample: responder connectors check falcon") { names, connectors, config, output };
        check.Does(async (parse, cancel) =>
        {
            var scratch = Directory.CreateTempSubdirectory("responder-check");
            try
            {
                await using var set = NodeFactory.Connections(parse.GetValue(connectors), LoadedSettings.Read(parse.GetValue(config)), scratch.FullName, NullLoggerFactory.Instance);
                var there = set.All.Select(one => one.Name).Order(StringComparer.Ordinal).ToList();
                var wanted = parse.GetValue(names) is { Length: > 0 } some ? some : [.. there];
                if (wanted.FirstOrDefault(name => !there.Contains(name)) is { } unknown)
                {
                    throw new BadInputException($"There is no connection '{unknown}'; there are {string.Join(", ", there)}.");
                }

                var found = new List<(string Name, Health Health)>();
                foreach (var name in wanted)
                {
                    found.Add((name, await set.CheckAsync(name, cancel)));
                }

                if (parse.GetValue(output) == "json")
                {
                    Verb.PrintJson(found.Select(one => new { one.Name, set.Named(one.Name)!.Connector, one.Health.Ok, one.Health.Message, one.Health.Allowed }));
                }
                else
                {
                    found.ForEach(one => Print(one.Name, one.Health));
                }

                return found.All(one => one.Health.Ok) ? ExitCodes.Done : ExitCodes.RunFailed;
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        });
        return check;
    }

    private static void Print(string name, Health health)
    {
        Console.Out.WriteLine($"{(health.Ok ? "ok  " : "LOOK")}  {name,-16} {health.Message}");
        foreach (var (action, why) in health.Allowed.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            Console.Out.WriteLine($"        {action,-30} {(why is null ? "allowed" : $"not allowed: {why}")}");
        }
    }
}
