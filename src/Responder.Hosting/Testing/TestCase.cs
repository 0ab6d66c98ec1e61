using Responder.Hosting.Testing.Cases;
using Responder.Hosting.Testing.Coverage;

namespace Responder.Hosting.Testing;

/// <summary>A test as it was found.</summary>
/// <param name="File">Its file's full path.</param>
/// <param name="Line">Where its document begins.</param>
/// <param name="Number">Which of the file, from 1.</param>
/// <param name="PlaybookFolder">The full path of its playbook's folder.</param>
/// <param name="Test">The test; null where it can't be read.</param>
/// <param name="Problem">Why it can't.</param>
public sealed record TestCase(string File, int Line, int Number, string PlaybookFolder, PlaybookTest? Test, string? Problem = null)
{
    /// <summary>The playbook's id, which is its folder's name.</summary>
    public string Playbook => Path.GetFileName(PlaybookFolder);

    /// <summary>What it shows.</summary>
    public string About => Test is null ? "The file can be read." : Test.About ?? $"{Path.GetFileNameWithoutExtension(File)}, test {Number}";

    /// <summary><c>t1074-data-staged/tests/gates.yaml:12</c>.</summary>
    public string Where => $"{Playbook}/{Path.GetRelativePath(PlaybookFolder, File).Replace('\\', '/')}:{Line}";
}

/// <summary>What came of a test.</summary>
/// <param name="Case">The test.</param>
/// <param name="Failures">What was not as expected, a sentence each; none where it passed.</param>
/// <param name="Notes">What helps to see why: answers that were not taken, a run that did not end.</param>
/// <param name="Took">Real time.</param>
/// <param name="Visits">What of the playbooks it ran.</param>
public sealed record TestResult(TestCase Case, IReadOnlyList<string> Failures, IReadOnlyList<string> Notes, TimeSpan Took, IReadOnlySet<CoverageKey> Visits)
{
    /// <summary>True where nothing was amiss.</summary>
    public bool Passed => Failures.Count == 0;
}
