using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Responder.Hosting.Catalog;
using Responder.Sdk.Catalog;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>The policy file is read again when it changes; an edit with an error keeps the good one in force and says so.</summary>
public sealed class PolicyCatalogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-policy-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
    private readonly LogLines _lines = new();

    private string PolicyPath => Path.Combine(_folder.FullName, "policy.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_change_takes_hold_and_a_broken_one_keeps_the_good_one_and_says_so()
    {
        var catalog = Open("version: one\n");
        Assert.StartsWith("one@", catalog.Version, StringComparison.Ordinal);

        Write("version: two\n");
        Assert.StartsWith("two@", catalog.Version, StringComparison.Ordinal);
        var since = catalog.Current.Since;

        Write("version: three\nrulez: []\n");
        Assert.StartsWith("two@", catalog.Version, StringComparison.Ordinal);
        Assert.Equal((true, since), (catalog.Current.IsKept, catalog.Current.Since));
        Assert.Contains(_lines.Lines, line => line.Contains("stays in force", StringComparison.Ordinal) && line.Contains("two@", StringComparison.Ordinal));
        Assert.Contains(_lines.Lines, line => line.Contains("policy.yaml:2:1: error RSP010", StringComparison.Ordinal));

        Write("version: four\n");
        Assert.StartsWith("four@", catalog.Version, StringComparison.Ordinal);
        Assert.False(catalog.Current.IsKept);
    }

    [Fact]
    public void A_file_that_is_gone_loosens_nothing()
    {
        var catalog = Open("version: one\n");
        File.Delete(PolicyPath);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.StartsWith("one@", catalog.Version, StringComparison.Ordinal);
        Assert.Contains(_lines.Lines, line => line.Contains("is gone", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_starts_on_a_policy_with_an_error()
    {
        File.WriteAllText(PolicyPath, "protected: [nobody]\n");

        var failure = Assert.Throws<PolicyException>(() => PolicyCatalog.Open(PolicyPath, ActionCatalog.Neutral, _time, Log()));

        Assert.Contains("policy.yaml:1:13: error POL004", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_the_built_in_policy_holds() =>
        Assert.StartsWith("built-in@", PolicyCatalog.Open(null, ActionCatalog.Neutral, _time, Log()).Version, StringComparison.Ordinal);

    private PolicyCatalog Open(string text)
    {
        File.WriteAllText(PolicyPath, text);
        return PolicyCatalog.Open(PolicyPath, ActionCatalog.Neutral, _time, Log());
    }

    private void Write(string text)
    {
        File.WriteAllText(PolicyPath, text);
        _time.Advance(TimeSpan.FromSeconds(3));
    }

    private ILogger Log() => LoggerFactory.Create(logging => logging.AddProvider(_lines)).CreateLogger("policy");
}
