using Responder.Playbooks.Language;

namespace Responder.Hosting.Testing.Coverage;

/// <summary>What tests ran of playbooks, and what none did.</summary>
/// <param name="Playbooks">Playbook by playbook.</param>
public sealed record CoverageReport(IReadOnlyList<PlaybookCoverage> Playbooks)
{
    /// <summary>From the results of tests. A playbook counts as run wherever it was run, also where another called it.</summary>
    /// <param name="playbooks">The playbooks.</param>
    /// <param name="results">The results.</param>
    public static CoverageReport Of(IEnumerable<Playbook> playbooks, IReadOnlyList<TestResult> results)
    {
        var visited = results.SelectMany(result => result.Visits).ToHashSet();
        return new CoverageReport([.. playbooks.OrderBy(one => one.Id, StringComparer.Ordinal).Select(playbook =>
        {
            var items = Items.Of(playbook).ToList();
            return new PlaybookCoverage(playbook.Id, items.Count, [.. items.Where(item => !visited.Contains(item.Key)).OrderBy(item => item.Line)]);
        })]);
    }
}

/// <summary>What tests ran of one playbook.</summary>
/// <param name="Playbook">Its id.</param>
/// <param name="Items">How many steps, branches, decisions and error paths it has.</param>
/// <param name="Missed">Those that no test ran, in the order of the file.</param>
public sealed record PlaybookCoverage(string Playbook, int Items, IReadOnlyList<CoverageItem> Missed)
{
    /// <summary>How many were run.</summary>
    public int Ran => Items - Missed.Count;
}
