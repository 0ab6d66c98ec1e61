using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Host;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Playbooks;
using Responder.Playbooks.Language;
using Responder.Sdk.Estate;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Deletion, from the playbook to the host: what was listed and approved goes, and nothing else, however its path is written.</summary>
public sealed class ManifestTests
{
    private const string Deletes = """
        id: deletes
        name: Delete a folder
        on: { manual: true }
        steps:
          - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
          - { id: purge, uses: edr.delete_folder, with: { host: "${{ steps.host.id }}", path: 'C:\temp\staging' } }
        """;

    private const string DeletesMany = """
        id: deletes-many
        name: Delete folders
        on: { manual: true }
        inputs: { paths: { type: "string[]" } }
        steps:
          - { id: host, uses: edr.find_host, with: { hostname: ENG-WS-045 } }
          - id: all
            foreach: inputs.paths
            on_error: continue
            steps:
              - id: purge
                uses: edr.delete_folder
                with: { host: "${{ steps.host.id }}", path: "${{ item }}" }
                approval: { roles: [analyst], timeout: 1s, on_timeout: reject, on_reject: skip }
                on_error: continue
        """;

    [Fact]
    public async Task The_folder_is_listed_before_anybody_is_asked_and_a_file_that_came_since_asks_again()
    {
        await using var bench = await WebBench.StartAsync([Deletes]);
        var estate = bench.Node.Connections.Service<MockEstate>()!;
        var runId = (await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "deletes" }), 201)).GetProperty("run_id").GetString()!;

        var first = await bench.ApprovalAsync(runId);
        Assert.Equal("It holds 1247 files, 2800000000 bytes; the list is kept.", first.GetProperty("gate").GetProperty("blast_radius")[0].GetString());
        var listed = first.GetProperty("gate").GetProperty("inputs").GetProperty("manifest").GetProperty("artifact").GetString();

        estate.Happen(JsonDocument.Parse("""{"is":"file_written","host":"ENG-WS-045","folder":"C:\\temp\\staging","name":"late.docx","content":"late"}""").RootElement);
        await ApproveAsync(bench, first);

        var second = await NextAsync(bench, runId, first);
        Assert.Contains("late.docx", second.GetProperty("gate").GetProperty("blast_radius")[0].GetString(), StringComparison.Ordinal);
        Assert.NotEqual(listed, second.GetProperty("gate").GetProperty("inputs").GetProperty("manifest").GetProperty("artifact").GetString());
        Assert.False(estate.Effects().ContainsKey("edr.delete_folder") && estate.Effects()["edr.delete_folder"].Count > 0);
        await ApproveAsync(bench, second);

        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        var run = await bench.GetAsync($"/api/runs/{runId}");
        Assert.Equal(1248, run.GetProperty("steps").EnumerateArray().Last().GetProperty("outputs").GetProperty("files").GetInt64());
        Assert.Equal(1, estate.Effects()["edr.delete_folder"].Count);
    }

    [Fact]
    public async Task No_trick_deletes_outside_the_allowed_folders_on_a_host_with_a_junction_a_short_name_and_a_mount_point()
    {
        await using var bench = await WebBench.StartAsync([DeletesMany]);
        var estate = bench.Node.Connections.Service<MockEstate>()!;
        string[] onHost = [@"C:\temp\mirror", @"C:\temp\mirror\ProjectX", @"c:\TEMP\Mirror\projectx\", @"C:\Users\Public\Backup\all", @"C:\Users\Public\Backup", @"C:\Users\ALEXCH~1\AppData\Local\Temp\x"];
        string[] paths = [.. onHost, .. PathTricks.All.Select(one => one.Path).Where(path => path.Length is > 0 and < 1000 && path.All(sign => sign != '\0' && !char.IsSurrogate(sign)))];

        var library = PlaybookLibrary.Load([("deletes-many/playbook.yaml", DeletesMany)], bench.Node.ReadOptions);
        var start = StartResolver.Resolve(library.Playbooks["deletes-many"], null, new Dictionary<string, JsonElement> { ["paths"] = JsonSerializer.SerializeToElement(paths) }, DateTimeOffset.UtcNow).Start!;
        var admitted = await bench.Node.Starter.StartAsync(
            null, [new StartRequest(PlanCompiler.Compile("deletes-many", library), start, null, "terminal:test", AutoAnswer.All, Dedupe: false)], drive: true, WebBench.Cancel);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(admitted.Runs[0].RunId, RunStatus.Succeeded));

        var went = estate.Effects()["edr.delete_folder"].ByTarget.Keys.Select(target => target[(target.IndexOf(':', StringComparison.Ordinal) + 1)..]).ToList();
        Assert.NotEmpty(went);
        Assert.All(went, path => Assert.Contains(PathTricks.All, one => one.Says == PathTricks.Analyst && string.Equals(one.Path.TrimEnd('\\'), path, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(456, estate.Read(company => company.HostByAnyName("ENG-WS-045").Files.List(@"C:\Users\alexchen\Documents\ProjectX", recurse: true).Count));
        Assert.Equal(12, estate.Read(company => company.HostByAnyName("ENG-WS-045").Files.List(@"C:\Windows\Temp", recurse: true).Count));
        var view = await bench.GetAsync($"/api/runs/{admitted.Runs[0].RunId}");
        var ends = view.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("id").GetString() == "purge").ToList();
        Assert.Equal(paths.Length, ends.Count);
        Assert.All(ends.Take(onHost.Length), step => Assert.NotEqual("succeeded", step.GetProperty("status").GetString()));
    }

    // Who started the run by hand can't.
    private static async Task ApproveAsync(WebBench bench, JsonElement asked)
    {
        using var analyst = await bench.ClientOf("role:analyst");
        await WebBench.Read(
            await bench.PostAsync($"/api/approvals/{asked.GetProperty("id").GetString()}", new { choice = "approve", hash = asked.GetProperty("gate").GetProperty("hash").GetString() }, analyst), 200);
    }

    private static async Task<JsonElement> NextAsync(WebBench bench, string runId, JsonElement before)
    {
        while (true)
        {
            var open = (await bench.GetAsync($"/api/approvals?status=pending&run_id={runId}")).GetProperty("items").EnumerateArray()
                .Where(one => one.GetProperty("id").GetString() != before.GetProperty("id").GetString()).ToList();
            if (open.Count > 0)
            {
                return open[0];
            }

            await Task.Yield();
        }
    }
}
