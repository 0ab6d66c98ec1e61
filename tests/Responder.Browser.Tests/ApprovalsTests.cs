using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>The inbox.</summary>
public sealed class ApprovalsTests
{
    private const string Loop = """
        id: loop
        name: Isolate several
        on: { manual: true }
        steps:
          - id: each
            foreach: "['ENG-WS-045', 'ENG-WS-046']"
            as: host
            at_once: 2
            steps:
              - id: sure
                approval: { title: "Look at ${{ host }}?", roles: [analyst], timeout: 1h }
        """;

    private const string FourEyes = """
        id: four-eyes
        name: Ask two people
        on: { manual: true }
        steps:
          - id: sure
            approval: { title: "Are two of you sure?", roles: [analyst], count: 2, timeout: 1h }
        """;

    [Fact]
    public async Task What_waits_appears_by_itself_and_is_approved_by_keys_with_the_facts_in_front()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("i");
        await page.GetByText("Nothing waits.").WaitForAsync();

        var run = await bench.DeliverAsync();
        var card = page.GetByRole(AriaRole.Article);
        await card.WaitForAsync();
        await card.GetByText("ENG-WS-045").First.WaitForAsync();
        await card.GetByText("edr.isolate_host", new() { Exact = true }).WaitForAsync();
        await card.GetByText("left").First.WaitForAsync();
        await card.GetByText("They could: ana").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Approvals" }).GetByText("1").WaitForAsync();

        await page.GetByLabel("why").FillAsync("seen by the EDR");
        await page.GetByLabel("Comment").FillAsync("go");
        await page.GetByLabel("Comment").BlurAsync();
        await page.Keyboard.PressAsync("y");
        Assert.Equal("Approve", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("It is decided: approve").WaitForAsync();

        Assert.Equal(RunStatus.Succeeded, await bench.Web.UntilAsync(run, RunStatus.Succeeded));
        var journal = (await bench.Web.GetAsync($"/api/runs/{run}/events")).GetRawText();
        Assert.Contains("\"by\":\"user:ana\"", journal, StringComparison.Ordinal);
        Assert.Contains("seen by the EDR", journal, StringComparison.Ordinal);
        Assert.Contains("\"via\":\"web\"", journal, StringComparison.Ordinal);
        bench.AssertClean();
    }

    [Fact]
    public async Task The_second_of_two_who_decide_at_once_is_told_so_kindly()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var run = await bench.DeliverAsync();
        var approval = (await bench.Web.ApprovalAsync(run)).GetProperty("id").GetString()!;
        var (first, second) = (await bench.SignInAsync("ana", "analyst"), await bench.SignInAsync("ben", "analyst"));
        foreach (var page in new[] { first, second })
        {
            await page.GotoAsync(bench.Url($"/approvals/{approval}"));
            await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).WaitForAsync();
        }

        await Task.WhenAll(
            first.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync(),
            second.GetByRole(AriaRole.Button, new() { Name = "Reject" }).ClickAsync());

        await first.GetByText("It is decided").WaitForAsync();
        await second.GetByText("It is decided").WaitForAsync();
        var answers = (await bench.Web.GetAsync($"/api/runs/{run}/events?limit=500")).GetProperty("items").EnumerateArray().Count(one => one.GetProperty("type").GetString() == "gate_answered");
        Assert.Equal(1, answers);
    }

    [Fact]
    public async Task A_viewer_sees_and_can_not_decide()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var run = await bench.DeliverAsync();
        await bench.Web.ApprovalAsync(run);
        var page = await bench.SignInAsync("vic", "viewer");
        await page.GotoAsync(bench.Url("/approvals"));
        await page.GetByText("This is for analyst to decide; you are viewer.").WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Kill switch" }).CountAsync());
    }

    [Fact]
    public async Task The_gates_of_a_loop_are_one_card_and_only_what_has_a_tick_is_decided_on_a_phone_too()
    {
        await using var bench = await PagesBench.StartAsync([Loop]);
        var run = (await WebBench.Read(await bench.Web.PostAsync("/api/runs", new { playbook = "loop" }), 201)).GetProperty("run_id").GetString()!;
        await bench.Web.UntilAsync(run, RunStatus.Waiting);
        var page = await bench.SignInAsync("ana", "analyst", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 800 } });
        await page.GotoAsync(bench.Url("/approvals"));
        await page.GetByRole(AriaRole.Checkbox).First.WaitForAsync();
        Assert.Equal(2, await page.GetByRole(AriaRole.Checkbox).CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the phone");

        await page.GetByRole(AriaRole.Checkbox).Nth(1).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve 1" }).ClickAsync();
        await page.GetByText("Taken: approve").WaitForAsync();
        Assert.Single((await bench.Web.GetAsync($"/api/approvals?status=pending&run_id={run}")).GetProperty("items").EnumerateArray());
        Assert.Equal(RunStatus.Waiting, await bench.Web.UntilAsync(run, RunStatus.Waiting));
    }

    [Fact]
    public async Task Where_two_must_agree_it_says_so_counts_them_and_who_started_the_run_is_not_one()
    {
        await using var bench = await PagesBench.StartAsync([FourEyes]);
        var starter = await bench.SignInAsync("ana", "analyst");
        await starter.GotoAsync(bench.Url("/playbooks/four-eyes"));
        await starter.GetByRole(AriaRole.Tab, new() { Name = "Start" }).ClickAsync();
        await starter.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await starter.GetByRole(AriaRole.Button, new() { Name = "Start the run" }).ClickAsync();
        await starter.GetByText("Waits for a decision:").GetByRole(AriaRole.Link).ClickAsync();
        await starter.GetByText("You started this run by hand; somebody else must decide.").WaitForAsync();
        Assert.Equal(0, await starter.GetByRole(AriaRole.Button, new() { Name = "Approve" }).CountAsync());

        var first = await bench.SignInAsync("ben", "analyst");
        await first.GotoAsync(bench.Url("/approvals"));
        await first.GetByText("2 people of").WaitForAsync();
        await first.GetByText("Not user:ana, who started the run.").WaitForAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await first.GetByText("You have answered. Others must, too.").WaitForAsync();
        await first.GetByText("1 more is needed.").WaitForAsync();
        await first.GetByText("user:ben: approve").WaitForAsync();

        var second = await bench.SignInAsync("cyn", "analyst");
        await second.GotoAsync(bench.Url("/approvals"));
        await second.GetByText("1 more is needed.").WaitForAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await second.GetByText("It is decided: approve").WaitForAsync();
        await first.GetByText("It is decided: approve").WaitForAsync();
        bench.AssertClean();
    }
}
