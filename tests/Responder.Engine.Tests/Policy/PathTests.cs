using Responder.Engine.Policy;

namespace Responder.Engine.Tests.Policy;

/// <summary>What may be deleted, by its text.</summary>
public sealed class PathTests
{
    public static TheoryData<int, string> Cases => new(PathTricks.All.Select((one, index) => (index, Show(one.Path))));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_path_is_judged_by_what_windows_makes_of_it(int index, string shown)
    {
        var (path, says) = PathTricks.All[index];
        var answer = Asking.Deletion(PolicyRules.BuiltIn, path);

        Assert.True(says == Says(answer), $"{shown}: {Says(answer)}, not {says}: {string.Join(' ', answer.Findings.Select(finding => finding.Reason))}");
        Assert.All(answer.Findings, finding => Assert.DoesNotContain('\n', finding.Reason));
    }

    [Fact]
    public void There_are_more_than_a_hundred_and_fifty() => Assert.InRange(PathTricks.All.Select(one => one.Path).Distinct(StringComparer.Ordinal).Count(), 150, int.MaxValue);

    [Fact]
    public void Its_own_folders_are_those_of_the_file()
    {
        var policy = Asking.PolicyOf("""
            rules: [{ id: destroy, effect: destroy, then: require_approval, roles: [analyst] }]
            deletable: { folders: ['D:\Quarantine\*', 'C:\Users\*\Downloads\*'] }
            """);

        Assert.Equal(PathTricks.Analyst, Says(Asking.Deletion(policy, @"d:\quarantine\x")));
        Assert.Equal(PathTricks.Analyst, Says(Asking.Deletion(policy, @"C:\Users\alexchen\Downloads\x.exe")));
        Assert.Equal(PathTricks.Lead, Says(Asking.Deletion(policy, @"C:\Users\alexchen\Downloads")));
        Assert.Equal(PathTricks.Lead, Says(Asking.Deletion(policy, @"C:\temp\staging")));
        Assert.Equal(PathTricks.Refused, Says(Asking.Deletion(policy, @"C:\Windows\System32\x")));
    }

    private static string Says(PolicyAnswer answer) => answer.Verdict == PolicyVerdict.Refuse ? PathTricks.Refused : Assert.Single(answer.Roles);

    private static string Show(string path) => string.Concat(path.Take(60).Select(sign => char.IsAsciiLetterOrDigit(sign) || char.IsAscii(sign) && !char.IsControl(sign) ? sign.ToString() : $"<{(int)sign:X4}>"));
}
