using System.CommandLine;
using Responder.Playbooks.Language;
using Responder.Playbooks.Rules;

namespace Responder.Cli.Verbs;

/// <summary><c>responder validate</c>: every problem, with file, line and column.</summary>
internal static class ValidateVerb
{
    public static Command Make()
    {
        var paths = new Argument<string[]>("paths") { Description = "Folders or files; ./playbooks where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var output = Options.Output("sarif");
        var (connectors, config) = (Options.ConnectorsOfChecks(), Options.Config());
        var command = new Command("validate", "Checks playbooks and reports every problem at once.\n\nExample: responder validate playbooks") { paths, output, connectors, config };
        command.Does(async (parse, cancel) =>
        {
            var options = await ReadOptionsHere.MakeAsync(parse.GetValue(connectors)!, parse.GetValue(config));
            var problems = new List<Problem>();
            var given = parse.GetValue(paths) is { Length: > 0 } some ? some : ["playbooks"];
            foreach (var path in given)
            {
                problems.AddRange(Directory.Exists(path)
                    ? PlaybookLibrary.Load(path, options).Problems
                    : File.Exists(path) ? PlaybookReader.Read(path, await File.ReadAllTextAsync(path, cancel), options).Problems
                    : throw new BadInputException($"{path}: there is no such folder or file."));
            }

            switch (parse.GetValue(output))
            {
                case "json":
                    Verb.PrintJson(problems.Select(one => new { one.File, one.At.Line, one.At.Column, one.Rule, one.Level, one.Message, one.Hint }));
                    break;
                case "sarif":
                    Verb.PrintJson(SarifLog.Write(problems, typeof(ValidateVerb).Assembly.GetName().Version!.ToString(3)));
                    break;
                default:
                    problems.ForEach(problem => Console.Out.WriteLine(problem));
                    await Console.Error.WriteLineAsync($"{problems.Count(one => one.Level == ProblemLevel.Error)} errors, {problems.Count(one => one.Level == ProblemLevel.Warning)} warnings");
                    break;
            }

            return problems.Any(one => one.Level == ProblemLevel.Error) ? ExitCodes.BadInput : ExitCodes.Done;
        });
        return command;
    }
}
