using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>Playbooks are written at the pages.</summary>
public sealed class PlaybooksTests
{
    [Fact]
    public async Task A_playbook_is_edited_with_an_error_corrected_planned_and_published_and_a_run_under_way_keeps_its_own()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var old = await bench.DeliverAsync();
        await bench.Web.UntilAsync(old, RunStatus.Waiting);
        var page = await bench.SignInAsync("aut", "author");
        await page.GetByRole(AriaRole.Link, new() { Name = "Playbooks" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Isolate a host" }).ClickAsync();
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await page.Locator(".graph [data-place='steps[1]']").WaitForAsync();

        await SetAsync(page, Samples.Isolate.Replace("edr.isolate_host", "edr.isolate_hosts", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Tab, new() { Name = "Problems" }).ClickAsync();
        var line = Samples.Isolate.Split('\n').ToList().FindIndex(one => one.Contains("edr.isolate_host", StringComparison.Ordinal)) + 1;
        await page.GetByRole(AriaRole.Button, new() { Name = $"{line}:" }).First.WaitForAsync();
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).IsDisabledAsync());

        var changed = Samples.Isolate.Replace("note: test", "note: by the new version", StringComparison.Ordinal);
        await SetAsync(page, changed);
        await page.GetByText("nothing is wrong").First.WaitForAsync();
        await page.GetByLabel("Why it is changed").FillAsync("a better note");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByText("It is in force for new runs.").WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        await page.GetByText("a better note").WaitForAsync();
        Assert.Equal(changed, await File.ReadAllTextAsync(Path.Combine(bench.Web.PlaybooksFolder, "isolate", "playbook.yaml"), WebBench.Cancel));

        var fresh = (await WebBench.Read(await bench.Web.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;
        Assert.Contains("by the new version", (await bench.Web.ApprovalAsync(fresh)).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"note\":\"test\"", (await bench.Web.ApprovalAsync(old)).GetRawText(), StringComparison.Ordinal);
        bench.AssertClean();
    }

    [Fact]
    public async Task Who_publishes_second_is_shown_the_difference_and_loses_nothing()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("aut", "author");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        await SetAsync(page, Samples.Isolate.Replace("note: test", "note: mine", StringComparison.Ordinal));

        var tag = $"\"{(await bench.Web.GetAsync("/api/playbooks/isolate")).GetProperty("playbook").GetProperty("hash").GetString()}\"";
        using var order = new HttpRequestMessage(HttpMethod.Put, "/api/playbooks/isolate") { Content = System.Net.Http.Json.JsonContent.Create(new { text = Samples.Isolate.Replace("note: test", "note: theirs", StringComparison.Ordinal), comment = "meanwhile" }) };
        order.Headers.TryAddWithoutValidation("If-Match", tag);
        await WebBench.Read(await bench.Web.Api.SendAsync(order, WebBench.Cancel), 200);

        await page.GetByLabel("Why it is changed").FillAsync("mine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Somebody published another version" }).First.WaitForAsync();
        await page.Locator(".monaco-diff-editor").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I took it over" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();
        await page.GetByText("It is in force for new runs.").WaitForAsync();
        Assert.Equal(2, (await bench.Web.GetAsync("/api/playbooks/isolate/versions")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task An_analyst_plans_a_playbook_and_can_not_publish()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        await bench.DeliverAsync();
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GotoAsync(bench.Url("/playbooks/isolate"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).CountAsync());
        await page.GetByRole(AriaRole.Tab, new() { Name = "Plan" }).ClickAsync();
        await page.GetByLabel("On a past alert").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await page.GetByText("edr.isolate_host").First.WaitForAsync();
        using var analyst = await bench.Web.ClientOf("role:analyst");
        using var order = await analyst.PutAsync(new Uri("/api/playbooks/isolate", UriKind.Relative), System.Net.Http.Json.JsonContent.Create(new { text = "x" }), WebBench.Cancel);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, order.StatusCode);
    }

    private static async Task SetAsync(IPage page, string text) => await page.EvaluateAsync("text => monaco.editor.getModels()[0].setValue(text)", text);
}
