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

    [Fact]
    public async Task A_lead_is_shown_what_stays_and_what_is_taken_back_and_the_undo_asks_before_it_does_it()
    {
        await using var bench = await PagesBench.StartAsync([Samples.IsolateAtOnce]);
        var run = (await WebBench.Read(await bench.Web.PostAsync("/api/runs", new { playbook = "isolate-at-once", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.Web.UntilAsync(run, RunStatus.Succeeded));
        var analyst = await bench.SignInAsync("ana", "analyst");
        await analyst.GotoAsync(bench.Url($"/runs/{run}"));
        await analyst.GetByRole(AriaRole.Button, new() { Name = "Start it again" }).WaitForAsync();
        Assert.Equal(0, await analyst.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).CountAsync());

        var page = await bench.SignInAsync("lea", "lead");
        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("edr.release_host").WaitForAsync();
        await dialog.GetByText("ENG-WS-045").WaitForAsync();
        Assert.True(await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask to take it back" }).IsDisabledAsync());
        await dialog.GetByLabel("Why").FillAsync("a false alarm");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask to take it back" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "undoes this run" }).WaitForAsync();
        Assert.Single((await bench.Web.GetAsync("/api/containment")).GetProperty("items").EnumerateArray());

        await page.GetByText("Waits for a decision:").GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Article).GetByText("ENG-WS-045").First.WaitForAsync();
        var waits = Assert.Single((await bench.Web.GetAsync("/api/approvals?status=pending")).GetProperty("items").EnumerateArray().ToList());
        var other = await bench.SignInAsync("lou", "lead");
        await other.GotoAsync(bench.Url($"/approvals/{waits.GetProperty("id").GetString()}"));
        await other.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await other.GetByText("It is decided").WaitForAsync();
        Assert.Equal(RunStatus.Succeeded, await bench.Web.UntilAsync(waits.GetProperty("run_id").GetString()!, RunStatus.Succeeded));
        Assert.Empty((await bench.Web.GetAsync("/api/containment")).GetProperty("items").EnumerateArray());

        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await dialog.GetByText("There is nothing to take back.").WaitForAsync();
        bench.AssertClean();
    }

    [Fact]
    public async Task A_run_that_is_over_is_started_again_with_its_inputs_after_a_look_at_the_plan()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var run = (await WebBench.Read(await bench.Web.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;
        await bench.Web.UntilAsync(run, RunStatus.Waiting);
        await WebBench.Read(await bench.Web.PostAsync($"/api/runs/{run}/cancel", new { reason = "too early" }), 200);
        await bench.Web.UntilAsync(run, RunStatus.Cancelled);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start it again" }).ClickAsync();
        Assert.Equal("ENG-WS-045", await page.GetByLabel("hostname").InputValueAsync());
        Assert.True(await page.GetByRole(AriaRole.Button, new() { Name = "Start the run" }).IsDisabledAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the run" }).ClickAsync();
        await page.GetByText("Waits for a decision:").WaitForAsync();
        Assert.DoesNotContain(run, page.Url, StringComparison.Ordinal);
    }
}
