using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>Runs at the pages.</summary>
public sealed class RunsTests
{
    [Fact]
    public async Task A_run_is_watched_live_as_a_picture_and_its_report_is_read()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).ClickAsync();
        await page.GetByText("No run is like that.").WaitForAsync();
        var run = await bench.DeliverAsync();
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = "waiting" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.Locator(".graph .s-waiting_approval").WaitForAsync();
        await page.Locator(".graph [data-place='steps[0]']").ClickAsync();
        await page.GetByText("Show all steps").WaitForAsync();
        await page.Locator("details.step summary").First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Outputs" }).WaitForAsync();

        var gate = await bench.Web.ApprovalAsync(run);
        await WebBench.Read(await bench.Web.PostAsync($"/api/approvals/{gate.GetProperty("id").GetString()}", new { choice = "approve", hash = gate.GetProperty("gate").GetProperty("hash").GetString() }), 200);
        await page.Locator(".graph .s-succeeded").Nth(1).WaitForAsync();

        await page.GetByRole(AriaRole.Tab, new() { Name = "Time line" }).ClickAsync();
        await page.Locator("details.step").Nth(1).WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Journal" }).ClickAsync();
        await page.GetByText("gate answered").WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Report" }).ClickAsync();
        await page.Locator(".report").GetByText("ENG-WS-045").First.WaitForAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Markdown", Exact = true }).ClickAsync());
        Assert.Equal($"report-{run}.md", file.SuggestedFilename);
        bench.AssertClean();
    }

    [Fact]
    public async Task A_run_is_cancelled_with_a_reason_and_the_kill_switch_is_thrown_and_lifted_by_a_lead()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var run = await bench.DeliverAsync();
        await bench.Web.UntilAsync(run, RunStatus.Waiting);
        var page = await bench.SignInAsync("lea", "lead");
        await page.Keyboard.PressAsync("s");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Why").FillAsync("a drill");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all effects" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The kill switch is on" }).First.WaitForAsync();
        Assert.True((await bench.Web.GetAsync("/api/kill-switch")).GetProperty("on").GetBoolean());
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift the kill switch" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("over");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lift it" }).ClickAsync();
        await page.GetByText("The kill switch is lifted.").WaitForAsync();

        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the run" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("it was a test");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel the run" }).ClickAsync();
        Assert.Equal(RunStatus.Cancelled, await bench.Web.UntilAsync(run, RunStatus.Cancelled));
        await page.GetByText("cancelled").First.WaitForAsync();
    }

    [Fact]
    public async Task A_step_in_doubt_is_settled_by_a_lead_with_a_word_of_why()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Doubtful], faults: "[{ action: http.request, do: timeout_after_doing, times: 1 }]");
        var run = (await WebBench.Read(await bench.Web.PostAsync("/api/runs", new { playbook = "doubtful" }), 201)).GetProperty("run_id").GetString()!;
        await bench.Web.UntilAsync(run, RunStatus.InDoubt);
        var page = await bench.SignInAsync("lea", "lead");
        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.Locator("details.step summary").First.ClickAsync();
        await page.GetByLabel("What you saw").FillAsync("The gateway shows no block.");
        await page.GetByRole(AriaRole.Button, new() { Name = "It did not: do it again" }).ClickAsync();
        Assert.Equal(RunStatus.Succeeded, await bench.Web.UntilAsync(run, RunStatus.Succeeded));
        Assert.Contains("The gateway shows no block.", (await bench.Web.GetAsync($"/api/runs/{run}/events")).GetRawText(), StringComparison.Ordinal);
    }
}
