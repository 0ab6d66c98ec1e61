using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;

namespace Responder.Browser.Tests;

/// <summary>Alerts at the pages.</summary>
public sealed class AlertsTests
{
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
}
