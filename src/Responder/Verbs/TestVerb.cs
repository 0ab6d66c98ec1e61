using System.CommandLine;
using Responder.Hosting.Connections;
using Responder.Hosting.Testing;
using Responder.Hosting.Testing.Cases;
using Responder.Hosting.Testing.Reports;

namespace Responder.Cli.Verbs;

/// <summary><c>responder test</c>: the tests of playbooks, on the mocks and in simulated time.</summary>
internal static class TestVerb
{
    public static Command Make()
    {
        var paths = new Argument<string[]>("paths") { Description = "Folders, playbooks or files of tests; ./playbooks where none is given.", Arity = ArgumentArity.ZeroOrMore };
        var output = Options.Output("junit");
        var coverage = new Option<bool>("--coverage") { Description = "Say which steps, branches, decisions at gates and error paths no test ran." };
        var command = new Command("test", "Runs playbooks' tests on the mock connectors, in simulated time.\n\nExample: responder test playbooks --coverage") { paths, output, coverage };
        command.Does(async (parse, cancel) =>
        {
            var given = parse.GetValue(paths) is { Length: > 0 } some ? some : ["playbooks"];
            var tests = Find(given);
            var results = await tests.RunAllAsync(null, cancel);
            var report = parse.GetValue(coverage) ? tests.Covered(results) : null;
            var counts = $"{results.Count(result => result.Passed)} passed, {results.Count(result => !result.Passed)} failed";
            switch (parse.GetValue(output))
            {
                case "json":
                    Verb.PrintJson(new
                    {
                        Passed = results.Count(result => result.Passed),
                        Failed = results.Count(result => !result.Passed),
                        Tests = results.Select(result => new { result.Case.Playbook, result.Case.File, result.Case.Line, result.Case.About, result.Passed, result.Failures, result.Notes, Seconds = result.Took.TotalSeconds }),
                        Coverage = report?.Playbooks.Select(one => new { one.Playbook, one.Items, one.Ran, Missed = one.Missed.Select(item => new { item.File, item.Line, item.Kind, item.What }) }),
                    });
                    break;
                case "junit":
                    Console.Out.WriteLine(JUnit.Write(results));
                    TextTail(report, counts, Console.Error);
                    break;
                default:
                    TestText.Write(results);
                    TextTail(report, counts, Console.Out);
                    break;
            }

            return results.All(result => result.Passed) ? ExitCodes.Done : ExitCodes.RunFailed;
        });
        return command;
    }

    private static PlaybookTests Find(string[] paths)
    {
        try
        {
            var tests = PlaybookTests.Find(paths, ConnectorFinder.Find(AppContext.BaseDirectory));
            return tests.Cases.Count > 0 ? tests : throw new BadInputException($"{string.Join(", ", paths)}: there is no test. A playbook's tests are the files tests/*.yaml beside its playbook.yaml.");
        }
        catch (TestFileException exception)
        {
            throw new BadInputException(exception.Message);
        }
    }

    private static void TextTail(Hosting.Testing.Coverage.CoverageReport? report, string counts, TextWriter to)
    {
        if (report is not null)
        {
            TestText.Write(report, to);
        }

        to.WriteLine(counts);
    }
}
