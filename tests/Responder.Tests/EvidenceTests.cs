using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Responder.Tests;

/// <summary>A run's evidence pack, by the program: what is as it was signed passes, and each kind of change is found.</summary>
public sealed class EvidenceTests : IAsyncLifetime
{
    private readonly TheProgram _program = new();
    private string _pack = string.Empty;
    private string _runId = string.Empty;

    public static TheoryData<string, string> Changes => new()
    {
        { "a line of the journal is changed", "journal.jsonl: was changed" },
        { "a line of the journal is removed", "journal.jsonl: has another size" },
        { "a file is removed", "report.md: is missing" },
        { "a file is added", "extra.txt: is in the pack, and not in its manifest" },
        { "a file is there twice", "report.md: is there 2 times" },
        { "the manifest agrees with the change", "the signature does not fit" },
        { "an artifact is changed", "artifacts/" },
        { "the signature is taken away", "signature.json: is missing" },
    };

    public async ValueTask InitializeAsync()
    {
        var ended = await _program.RunAsync(
            "run", "playbooks/t1074-data-staged", "--alert", "playbooks/t1074-data-staged/alerts/sysmon-data-staged.json", "--approve", "all", "--output", "json", "--data", _program.Data);
        _runId = ended.Json.GetProperty("run_id").GetString()!;
        _pack = _program.File("case.zip", string.Empty);
        var exported = await _program.RunAsync("evidence", "export", _runId, "-o", _pack, "--data", _program.Data);
        Assert.Equal((0, string.Empty), (exported.Code, exported.Error));
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task As_it_was_signed_it_passes_by_the_installations_key_and_by_no_other()
    {
        var key = await _program.RunAsync("evidence", "key", "--data", _program.Data);
        var trusted = _program.File("soc.pem", key.Output);
        var other = _program.File("other.pem", (await _program.RunAsync("evidence", "key", "--data", _program.Data + "2")).Output);

        var good = await _program.RunAsync("evidence", "verify", _pack, "--key", trusted, "--output", "json");
        var wrong = await _program.RunAsync("evidence", "verify", _pack, "--key", other, "--output", "json");

        Assert.True(good.Code == 0, good.Output);
        Assert.True(good.Json.GetProperty("trusted").GetBoolean());
        Assert.Equal(_runId, good.Json.GetProperty("manifest").GetProperty("run_id").GetString());
        Assert.Contains(good.Json.GetProperty("fingerprint").GetString()!, key.Error, StringComparison.Ordinal);
        Assert.Contains(good.Json.GetProperty("manifest").GetProperty("files").EnumerateArray(), file => file.GetProperty("artifact").ValueKind == JsonValueKind.String);
        Assert.Equal((1, false), (wrong.Code, wrong.Json.GetProperty("trusted").GetBoolean()));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Changed_it_is_found(string change, string says)
    {
        Change(change);

        var ended = await _program.RunAsync("evidence", "verify", _pack);

        Assert.Equal(1, ended.Code);
        Assert.Contains(says, ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_pack_is_said_to_be_none()
    {
        var ended = await _program.RunAsync("evidence", "verify", _program.File("text.zip", "no zip"));

        Assert.Equal(2, ended.Code);
        Assert.NotEmpty(ended.Error);
        Assert.Equal(2, (await _program.RunAsync("evidence", "export", "nothing", "--data", _program.Data)).Code);
    }

    private void Change(string change)
    {
        using var zip = ZipFile.Open(_pack, ZipArchiveMode.Update);
        switch (change)
        {
            case "a line of the journal is changed":
                Rewrite(zip, "journal.jsonl", text => text.Replace("mlee", "eelm", StringComparison.Ordinal).Replace("ENG-WS-045", "ENG-WS-046", StringComparison.Ordinal));
                break;
            case "a line of the journal is removed":
                Rewrite(zip, "journal.jsonl", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
                break;
            case "a file is removed":
                zip.GetEntry("report.md")!.Delete();
                break;
            case "a file is added":
                Write(zip, "extra.txt", "more");
                break;
            case "a file is there twice":
                Write(zip, "report.md", "another");
                break;
            case "the manifest agrees with the change":
                Rewrite(zip, "manifest.json", text => text.Replace("\"t1074-data-staged\"", "\"another\"", StringComparison.Ordinal));
                break;
            case "an artifact is changed":
                Rewrite(zip, zip.Entries.First(entry => entry.FullName.StartsWith("artifacts/", StringComparison.Ordinal)).FullName, text => text.ToUpperInvariant());
                break;
            case "the signature is taken away":
                zip.GetEntry("signature.json")!.Delete();
                break;
            default:
                throw new ArgumentException(change, nameof(change));
        }
    }

    private static void Rewrite(ZipArchive zip, string name, Func<string, string> change)
    {
        string before;
        using (var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8))
        {
            before = reader.ReadToEnd();
        }

        var after = change(before);
        Assert.NotEqual(before, after);
        zip.GetEntry(name)!.Delete();
        Write(zip, name, after);
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write(text);
    }
}
