using System.Text.Json;
using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;

namespace Responder.Browser.Tests;

/// <summary>Alerts at the pages.</summary>
public sealed class AlertsTests
{
    private const string Hostile = "<img src=x onerror=\"window.pwned=1\"><script>window.pwned=1</script>\u202Egnp.exe\u200B\"'>{{7*7}}";

    [Fact]
    public async Task An_alert_is_found_by_its_host_and_a_playbook_is_planned_and_started_on_it()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).ClickAsync();
        await page.GetByText("No alert is like that.").WaitForAsync();
        await WebBench.Read(await bench.Web.PostAsync("/api/alerts/generic", Alerts.Staged(attack: "T1059")), 202);
        await WebBench.Read(await bench.Web.PostAsync("/api/alerts/generic", Alerts.Staged("a-2", "FIN-WS-001", "T1059", "Another")), 202);
        await page.GetByRole(AriaRole.Link, new() { Name = "Another" }).WaitForAsync();
        await page.GetByLabel("Host").FillAsync("eng-ws-045");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Another" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Link, new() { Name = "Data staged" }).ClickAsync();
        await page.GetByText("not started: its condition was false").WaitForAsync();

        await page.GetByText("Start a playbook on it by hand").ClickAsync();
        await page.GetByLabel("Playbook").SelectOptionAsync("isolate");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what it would do" }).ClickAsync();
        await page.GetByText("edr.isolate_host").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the run" }).ClickAsync();
        await page.GetByText("by user:ana").WaitForAsync();
        bench.AssertClean();
    }

    [Fact]
    public async Task Whatever_stands_in_an_alert_is_shown_harmlessly_on_each_page_that_shows_it()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        var plain = JsonSerializer.SerializeToNode(Alerts.Staged())!.AsObject();
        var fields = new List<string> { "title", "description", "rule", "user.email", "user.name", "device.hostname", "device.ip", "process.command_line", "process.path", "file.path", "folder.path", "source_id", "url", "tags" };
        foreach (var field in fields)
        {
            foreach (var value in new[] { Hostile, Hostile + new string('A', 10_000) })
            {
                var alert = JsonSerializer.SerializeToNode(Alerts.Staged($"{field}-{value.Length}", attack: "T1074.001"))!.AsObject();
                var at = alert;
                var parts = field.Split('.');
                foreach (var part in parts[..^1])
                {
                    at = (at[part] ??= new System.Text.Json.Nodes.JsonObject()).AsObject();
                }

                at[parts[^1]] = value;
                var taken = await WebBench.Read(await bench.Web.Api.PostAsync(new Uri("/api/alerts/generic", UriKind.Relative), new StringContent(alert.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), WebBench.Cancel), 202);
                var id = taken.GetProperty("results")[0].GetProperty("alert_id").GetString()!;
                await page.GotoAsync(bench.Url($"/alerts/{id}"));
                await page.GetByRole(AriaRole.Heading, new() { Name = "As it was received" }).WaitForAsync();
                await AssertHarmlessAsync(page, field);
            }
        }

        Assert.NotEmpty(plain);
        foreach (var path in new[] { "/alerts", "/runs", "/approvals", "/" })
        {
            await page.GotoAsync(bench.Url(path));
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await page.Locator("time-at, .card").First.WaitForAsync();
            await AssertHarmlessAsync(page, path);
        }

        var run = (await bench.Web.GetAsync("/api/runs")).GetProperty("items")[0].GetProperty("run_id").GetString()!;
        await page.GotoAsync(bench.Url($"/runs/{run}"));
        await page.Locator(".graph svg").WaitForAsync();
        foreach (var tab in new[] { "Time line", "Journal", "Report" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await AssertHarmlessAsync(page, tab);
        }

        bench.AssertClean();
    }

    private static async Task AssertHarmlessAsync(IPage page, string where)
    {
        Assert.False(await page.EvaluateAsync<bool>("'pwned' in window"), $"{where}: a script ran");
        Assert.Equal(0, await page.Locator("img[src='x']").CountAsync());
        Assert.False(await page.EvaluateAsync<bool>("/[\\u202A-\\u202E\\u2066-\\u2069\\u200B]/.test(document.body.innerText)"), $"{where}: something hides in the text");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1"), $"{where}: the page is wider than the window");
    }
}
