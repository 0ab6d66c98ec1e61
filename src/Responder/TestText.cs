using Responder.Hosting.Testing;
using Responder.Hosting.Testing.Coverage;

namespace Responder.Cli;

/// <summary>Results of playbooks' tests for people.</summary>
internal static class TestText
{
    /// <summary>Test by test, playbook by playbook; why a test failed stands below it.</summary>
    public static void Write(IReadOnlyList<TestResult> results)
    {
        foreach (var playbook in results.GroupBy(result => result.Case.Playbook))
        {
            Console.Out.WriteLine(playbook.Key);
            foreach (var result in playbook)
            {
                Console.Out.WriteLine($"  {(result.Passed ? "ok  " : "FAIL")}  {RunText.Plain(result.Case.About)}");
                if (!result.Passed)
                {
                    Console.Out.WriteLine($"        {Near(result.Case.File)}:{result.Case.Line}");
                    foreach (var line in result.Failures.Select(failure => "- " + failure).Concat(result.Notes.Select(note => "  note: " + note)))
                    {
                        Console.Out.WriteLine($"        {RunText.Plain(line)}");
                    }
                }
            }
        }
    }

    /// <summary>What no test ran.</summary>
    public static void Write(CoverageReport report, TextWriter to)
    {
        foreach (var playbook in report.Playbooks)
        {
            to.WriteLine($"{playbook.Playbook}: {playbook.Ran} of {playbook.Items} steps, branches, decisions at gates and error paths were run{(playbook.Missed.Count > 0 ? "; not run:" : ".")}");
            foreach (var item in playbook.Missed)
            {
                to.WriteLine($"  {Near(item.File)}:{item.Line}: {RunText.Plain(item.What)}");
            }
        }
    }

    private static string Near(string file) => Path.GetRelativePath(Environment.CurrentDirectory, file);
}
