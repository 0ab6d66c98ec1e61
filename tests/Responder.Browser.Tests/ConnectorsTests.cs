using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>Connectors at the pages, and the browser's own notice that something waits.</summary>
public sealed class ConnectorsTests
{
    [Fact]
    public async Task Calls_latencies_and_last_errors_are_shown_and_a_check_says_what_is_allowed()
    {
        await using var bench = await PagesBench.StartAsync([Samples.IsolateAtOnce], faults: "[{ action: edr.isolate_host, do: fail_before_doing, kind: invalid, message: \"<b>no licence</b>\", times: 9 }]");
        var run = (await WebBench.Read(await bench.Web.PostAsync("/api/runs", new { playbook = "isolate-at-once", inputs = new { hostname = "ENG-WS-045" } }), 201)).GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Failed, await bench.Web.UntilAsync(run, RunStatus.Failed));
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GetByRole(AriaRole.Link, new() { Name = "Connectors" }).ClickAsync();
        var mock = page.GetByRole(AriaRole.Region, new() { Name = "mock", Exact = true });
        await mock.GetByText("1 failed").WaitForAsync();
        await mock.GetByText("in the median").WaitForAsync();
        await mock.GetByText("Last errors (1)").ClickAsync();
        await mock.GetByText("<b>no licence</b>").WaitForAsync();
        await mock.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await mock.GetByText("Signed in.").WaitForAsync();
        var calls = (await bench.Web.GetAsync("/api/connectors")).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "mock").GetProperty("calls");
        Assert.Equal((2, 1), (calls.GetProperty("count").GetInt32(), calls.GetProperty("failed").GetInt32()));

        var viewer = await bench.SignInAsync("vic", "viewer");
        await viewer.GotoAsync(bench.Url("/connectors"));
        await viewer.GetByText("Signed in.").WaitForAsync();
        Assert.Equal(0, await viewer.GetByRole(AriaRole.Button, new() { Name = "Check now" }).CountAsync());
        bench.AssertClean();
    }

    [Fact]
    public async Task Who_wants_it_is_told_by_the_browser_that_something_waits_and_not_what()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.AddInitScriptAsync("""
            window.told = [];
            window.Notification = class {
              static permission = "default";
              static async requestPermission() { Notification.permission = "granted"; return "granted"; }
              constructor(title, options) { window.told.push(`${title} ${options.body}`); }
            };
            Object.defineProperty(document, "hidden", { get: () => true });
            """);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Notify" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Notify" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await bench.DeliverAsync();
        await page.WaitForFunctionAsync("() => window.told.length > 0");
        var told = await page.EvaluateAsync<string>("window.told.join('|')");
        Assert.StartsWith("Responder waits for a decision 1 waiting.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("ENG-WS-045", told, StringComparison.Ordinal);
        Assert.StartsWith("(1) ", await page.TitleAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_are_shown_by_a_question_mark_and_lead_everywhere()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" }).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        foreach (var (key, heading) in new[] { ("r", "Runs"), ("a", "Alerts"), ("p", "Playbooks"), ("c", "Connectors"), ("i", "Approvals"), ("o", "Overview") })
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            await page.GetByRole(AriaRole.Heading, new() { Name = heading, Level = 1 }).WaitForAsync();
        }

        await bench.DeliverAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await page.Locator("table a[data-row]").WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Runs", Level = 1 }).WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".graph svg").WaitForAsync();
        bench.AssertClean();
    }
}
