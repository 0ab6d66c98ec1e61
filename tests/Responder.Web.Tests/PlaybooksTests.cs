using Responder.Hosting.Catalog;
using Responder.Web.Tests.Bench;
using Microsoft.Extensions.DependencyInjection;

namespace Responder.Web.Tests;

/// <summary>Playbooks, connectors, health and the description of the API over the wire.</summary>
public sealed class PlaybooksTests
{
    [Fact]
    public async Task The_playbooks_of_the_project_are_in_force_and_one_is_had_with_its_text()
    {
        await using var bench = await WebBench.StartAsync();

        var list = await bench.GetAsync("/api/playbooks");

        var ids = list.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()).ToList();
        Assert.Equal(Directory.GetDirectories(Repository.Path("playbooks")).Select(Path.GetFileName).Order(StringComparer.Ordinal), ids);
        Assert.DoesNotContain(list.GetProperty("problems").EnumerateArray(), one => one.GetProperty("level").GetString() == "error");
        using var response = await bench.Api.GetAsync(new Uri("/api/playbooks/t1074-data-staged", UriKind.Relative), WebBench.Cancel);
        var one = await WebBench.Read(response, 200);
        Assert.Equal($"\"{one.GetProperty("playbook").GetProperty("hash").GetString()}\"", response.Headers.ETag!.Tag);
        Assert.Equal("playbooks/t1074-data-staged/playbook.yaml", one.GetProperty("file").GetString());
        Assert.Contains("id: t1074-data-staged", one.GetProperty("text").GetString()!, StringComparison.Ordinal);
        await bench.GetAsync("/api/playbooks/nothing", 404);
    }

    [Fact]
    public async Task A_check_says_everything_with_its_place()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);

        var bad = await WebBench.Read(await bench.PostAsync("/api/playbooks/validate", new { text = "id: x\nname: X\non: { manual: true }\nsteps:\n  - uses: edr.isolate\n  - call: waits\n", file = "x/playbook.yaml" }), 200);
        var good = await WebBench.Read(await bench.PostAsync("/api/playbooks/validate", new { text = Samples.Waits, file = "waits/playbook.yaml" }), 200);

        Assert.False(bad.GetProperty("valid").GetBoolean());
        var error = Assert.Single(bad.GetProperty("problems").EnumerateArray(), one => one.GetProperty("message").GetString()!.Contains("edr.isolate", StringComparison.Ordinal));
        Assert.Equal(("x/playbook.yaml", 5), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32()));
        Assert.True(good.GetProperty("valid").GetBoolean(), good.GetRawText());
    }

    [Fact]
    public async Task A_file_that_breaks_takes_no_playbook_out_of_force()
    {
        await using var bench = await WebBench.StartAsync([Samples.Waits]);
        var catalog = bench.App.Services.GetRequiredService<PlaybookCatalog>();
        var hash = catalog.Current.Library.Playbooks["waits"].Hash;

        bench.Write(Samples.Waits.Replace("wait:", "weight:", StringComparison.Ordinal));
        catalog.Refresh();

        var broken = await bench.GetAsync("/api/playbooks");
        Assert.Equal((hash, true), (broken.GetProperty("items")[0].GetProperty("hash").GetString(), broken.GetProperty("items")[0].GetProperty("is_kept").GetBoolean()));
        Assert.NotEmpty(broken.GetProperty("problems").EnumerateArray());
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "waits" }), 201);

        bench.Write(Samples.Waits.Replace("1h", "2h", StringComparison.Ordinal));
        bench.Write(Samples.Isolate);
        catalog.Refresh();
        var mended = catalog.Current;
        Assert.Equal((2, 0), (mended.Library.Playbooks.Count, mended.Kept.Count));
        Assert.NotEqual(hash, mended.Library.Playbooks["waits"].Hash);

        Directory.Delete(Path.Combine(bench.PlaybooksFolder, "waits"), recursive: true);
        Assert.Equal(["isolate"], catalog.Refresh().Library.Playbooks.Keys);
    }

    [Fact]
    public async Task The_connections_are_listed_and_checked()
    {
        await using var bench = await WebBench.StartAsync([]);

        var list = await bench.GetAsync("/api/connectors");

        Assert.Equal("mock", list.GetProperty("mode").GetString());
        var mock = Assert.Single(list.GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetString() == "mock");
        Assert.Contains("edr", mock.GetProperty("capabilities").EnumerateArray().Select(one => one.GetString()));
        Assert.True((await WebBench.Read(await bench.Api.PostAsync(new Uri("/api/connectors/mock/check", UriKind.Relative), null, WebBench.Cancel), 200)).GetProperty("ok").GetBoolean());
        await WebBench.Read(await bench.Api.PostAsync(new Uri("/api/connectors/nothing/check", UriKind.Relative), null, WebBench.Cancel), 404);
    }

    [Fact]
    public async Task Health_is_told_to_anybody()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var nobody = bench.Client(null);

        Assert.Equal("alive", (await bench.GetAsync("/healthz", client: nobody)).GetProperty("status").GetString());
        Assert.Contains((await bench.GetAsync("/readyz", client: nobody)).GetProperty("status").GetString(), new[] { "ready", "recovering" });
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        await using var bench = await WebBench.StartAsync([]);

        var document = await bench.GetAsync("/openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths");
        foreach (var path in new[] { "/api/alerts/{source}", "/api/alerts/{source}/{key}", "/api/runs/{id}/events", "/api/runs/{id}/steps/{step}/resolve", "/api/kill-switch", "/api/approvals/{id}", "/readyz" })
        {
            Assert.True(paths.TryGetProperty(path, out _), path);
        }

        var answer = paths.GetProperty("/api/approvals/{id}").GetProperty("post");
        Assert.Contains("approvals:answer", answer.GetProperty("description").GetString()!, StringComparison.Ordinal);
        Assert.True(answer.GetProperty("responses").TryGetProperty("409", out _));
        Assert.True(answer.GetProperty("security").GetArrayLength() > 0);
        Assert.True(document.GetProperty("components").GetProperty("schemas").GetProperty("Decision").GetProperty("properties").TryGetProperty("hash", out _));
    }

    [Fact]
    public async Task Errors_are_problem_documents()
    {
        await using var bench = await WebBench.StartAsync([]);

        using var wrong = await bench.Api.DeleteAsync(new Uri("/api/runs", UriKind.Relative), WebBench.Cancel);
        using var missing = await bench.Api.GetAsync(new Uri("/api/runs/nothing", UriKind.Relative), WebBench.Cancel);

        Assert.Equal((405, "application/problem+json"), ((int)wrong.StatusCode, wrong.Content.Headers.ContentType!.MediaType));
        Assert.Equal((404, "application/problem+json"), ((int)missing.StatusCode, missing.Content.Headers.ContentType!.MediaType));
    }
}
