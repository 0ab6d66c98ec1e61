using Responder.Engine.Reports;

namespace Responder.Engine.Tests.Reports;

/// <summary>Whole reports, compared with files beside this one. To write them anew: set RESPONDER_WRITE_GOLDEN=1, run, and read the difference.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<JournalScript>> All { get; } = new()
    {
        ["staged"] = Cases.Staged,
        ["staged-at-closing"] = Cases.UpToScan,
        ["staged-at-the-gate"] = Cases.AtTheGate,
        ["false-positive"] = Cases.FalsePositive,
        ["rejected"] = Cases.Rejected,
        ["in-doubt"] = Cases.InDoubt,
        ["compromised-account"] = Cases.CompromisedAccount,
        ["ransomware"] = Cases.Ransomware,
        ["phishing"] = Cases.Phishing,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_as_its_golden_file(string name)
    {
        var script = All[name]();
        var report = IncidentReport.From(script.Entries, script.Now.AddSeconds(2));
        Same($"{name}.md", ReportMarkdown.Write(report));
        if (name == "staged")
        {
            Same($"{name}.html", ReportHtml.Write(report));
            Same($"{name}.json", ReportJson.Write(report) + "\n");
        }
    }

    private static void Same(string file, string text)
    {
        var path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("RESPONDER_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text, ignoreLineEndingDifferences: true);
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
