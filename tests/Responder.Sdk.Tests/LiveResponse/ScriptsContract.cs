using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Sdk.Tests.LiveResponse;

/// <summary>Our scripts, run by a real shell on real files: what is listed, what goes, and all that must stay.</summary>
public abstract class ScriptsContract : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("responder-scripts");

    protected ScriptsContract()
    {
        Write("staging/a.txt", "alpha");
        Write("staging/sub/b.bin", "beta-beta");
        Write("keep/c.txt", "stays");
    }

    protected string Folder => _folder.FullName;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_folder_is_listed_with_sizes_and_hashes()
    {
        var seen = await RunAsync(HostScript.Folder(Asked("staging"), deep: true));

        Assert.Equal(("ok", 2L, 14L), (seen.End, seen.Number, seen.Bytes));
        Assert.EndsWith("staging", seen.Path, StringComparison.Ordinal);
        Assert.Equal([("a.txt", 5L, Hash("alpha")), ("sub/b.bin", 9L, Hash("beta-beta"))], seen.Files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => (file.Path, file.Size, file.Sha256)));
        Assert.All(seen.Files, file => Assert.InRange(DateTimeOffset.UtcNow - file.ModifiedAt!.Value, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(5)));
        Assert.Equal(1, (await RunAsync(HostScript.Folder(Asked("staging"), deep: false))).Number);
    }

    [Fact]
    public async Task What_was_listed_goes_and_nothing_else()
    {
        var seen = await RunAsync(HostScript.Folder(Asked("staging"), deep: true));
        var went = await RunAsync(HostScript.DeleteFolder(Asked("staging"), seen.Digest));

        Assert.Equal(("gone", 2L, 14L), (went.End, went.Number, went.Bytes));
        Assert.False(System.IO.Directory.Exists(Real("staging")));
        Assert.True(File.Exists(Real("keep/c.txt")));
        Assert.Equal("absent", (await RunAsync(HostScript.Folder(Asked("staging"), deep: true))).End);
        Assert.Equal("absent", (await RunAsync(HostScript.DeleteFolder(Asked("staging"), seen.Digest))).End);
    }

    [Fact]
    public async Task What_changed_since_it_was_listed_stays()
    {
        var seen = await RunAsync(HostScript.Folder(Asked("staging"), deep: true));
        Write("staging/late.txt", "late");
        Assert.Equal("changed", (await RunAsync(HostScript.DeleteFolder(Asked("staging"), seen.Digest))).End);
        File.Delete(Real("staging/late.txt"));
        Write("staging/a.txt", "ALPHA");
        Assert.Equal("changed", (await RunAsync(HostScript.DeleteFolder(Asked("staging"), seen.Digest))).End);
        Assert.True(File.Exists(Real("staging/a.txt")) && File.Exists(Real("staging/sub/b.bin")));
    }

    [Fact]
    public async Task No_link_is_followed_neither_in_the_path_nor_below_it()
    {
        System.IO.Directory.CreateSymbolicLink(Real("way"), Real("keep"));
        System.IO.Directory.CreateSymbolicLink(Real("staging/out"), Real("keep"));
        var inPath = await RunAsync(HostScript.Folder(Asked("way"), deep: true));
        Assert.EndsWith("way", Assert.Single(inPath.Links), StringComparison.Ordinal);
        Assert.Equal("links", (await RunAsync(HostScript.DeleteFolder(Asked("way"), inPath.Digest))).End);

        var below = await RunAsync(HostScript.Folder(Asked("staging"), deep: true));
        Assert.EndsWith("out", Assert.Single(below.Links), StringComparison.Ordinal);
        Assert.DoesNotContain(below.Files, file => file.Path.Contains("c.txt", StringComparison.Ordinal));
        Assert.Equal("links", (await RunAsync(HostScript.DeleteFolder(Asked("staging"), below.Digest))).End);
        Assert.True(File.Exists(Real("keep/c.txt")) && File.Exists(Real("staging/a.txt")));
    }

    [Fact]
    public async Task A_file_is_no_folder_and_a_folder_no_file()
    {
        Assert.Equal("file", (await RunAsync(HostScript.Folder(Asked("staging/a.txt"), deep: true))).End);
        Assert.Equal("folder", (await RunAsync(HostScript.File(Asked("staging")))).End);
        Assert.Equal("absent", (await RunAsync(HostScript.File(Asked("staging/none.txt")))).End);
    }

    [Theory]
    [InlineData("a'; echo pwned > pwned; '.txt")]
    [InlineData("$(echo pwned > pwned).txt")]
    [InlineData("`echo pwned > pwned`.txt")]
    [InlineData("tab\there & there.txt")]
    [InlineData("new\nline end\tgone\t9\t9.txt")]
    [InlineData("-rf")]
    [InlineData("übung – ✓.txt")]
    [InlineData("[a-z]*?.txt")]
    public async Task A_hostile_name_is_a_name(string name)
    {
        Write("staging/" + name, "x");
        var seen = await RunAsync(HostScript.Folder(Asked("staging"), deep: true));
        Assert.Equal(("ok", 3L), (seen.End, seen.Number));
        Assert.Contains(seen.Files, file => file.Path == name && file.Sha256 == Hash("x"));
        Assert.Equal(("gone", 3L), ((await RunAsync(HostScript.DeleteFolder(Asked("staging"), seen.Digest))) is var went ? (went.End, went.Number) : default));
        Assert.Empty(System.IO.Directory.EnumerateFiles(Folder, "pwned", SearchOption.AllDirectories));
        Assert.True(File.Exists(Real("keep/c.txt")));
    }

    [Fact]
    public async Task A_file_goes_only_with_the_hash_that_was_seen()
    {
        var seen = await RunAsync(HostScript.File(Asked("staging/a.txt")));
        Assert.Equal(("ok", 5L, Hash("alpha")), (seen.End, seen.Number, seen.Hash));
        Assert.Equal("changed", (await RunAsync(HostScript.DeleteFile(Asked("staging/a.txt"), new string('0', 64)))).End);
        File.CreateSymbolicLink(Real("link.txt"), Real("staging/a.txt"));
        Assert.Equal("links", (await RunAsync(HostScript.DeleteFile(Asked("link.txt"), Hash("alpha")))).End);
        Assert.True(File.Exists(Real("staging/a.txt")));
        Assert.Equal("gone", (await RunAsync(HostScript.DeleteFile(Asked("staging/a.txt"), Hash("alpha")))).End);
        Assert.False(File.Exists(Real("staging/a.txt")));
    }

    /// <summary>The path as an action names it.</summary>
    protected abstract string Asked(string below);

    /// <summary>Where it is here.</summary>
    protected abstract string Real(string below);

    protected abstract bool Windows { get; }

    /// <summary>What goes before a script here.</summary>
    protected virtual string First => string.Empty;

    /// <summary>The shell that runs a file.</summary>
    protected abstract (string Program, string[] Arguments) Shell(string file);

    protected async Task<ScriptOutput> RunAsync(HostScript script)
    {
        var file = Path.Combine(Folder, "script.ps1");
        await File.WriteAllTextAsync(file, First + ScriptText.Whole(script, Windows, new string('a', 64)), TestContext.Current.CancellationToken);
        return await RunAsync(Shell(file));
    }

    protected async Task<ScriptOutput> RunAsync((string Program, string[] Arguments) shell)
    {
        var start = new ProcessStartInfo(shell.Program, shell.Arguments)
        {
            WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return ScriptOutput.Read(await output, await errors, new ScriptHost("1", "here", Windows));
    }

    protected static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    protected void Write(string below, string text)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Real(below))!);
        File.WriteAllText(Real(below), text);
    }
}
