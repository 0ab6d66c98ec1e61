using System.Text;
using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Engine;

namespace Responder.Browser.Tests;

/// <summary>The project's first case from the alert to the report, with nothing but the pages: what an analyst does on a night.</summary>
public sealed class CaseTests
{
    [Fact]
    public async Task An_alert_appears_isolation_and_deletion_are_approved_and_the_report_is_read()
    {
        await using var bench = await PagesBench.StartAsync();
        var page = await bench.SignInAsync("lea", "lead");
        await page.GetByRole(AriaRole.Link, new() { Name = "Approvals", Exact = true }).ClickAsync();
        await page.GetByText("Nothing waits.").WaitForAsync();
        using var body = new StringContent(await File.ReadAllTextAsync(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json"), WebBench.Cancel), Encoding.UTF8, "application/json");
        var run = (await WebBench.Read(await bench.Web.Api.PostAsync(new Uri("/api/alerts/sysmon", UriKind.Relative), body, WebBench.Cancel), 202)).GetProperty("results")[0].GetProperty("runs")[0].GetProperty("run_id").GetString()!;

        // The page was never loaded again.
        var card = page.GetByRole(AriaRole.Article);
        var asked = new List<string>();
        for (var decided = 0; await bench.Web.UntilAsync(run, RunStatus.Waiting, RunStatus.Succeeded) == RunStatus.Waiting; decided++)
        {
            var waits = (await bench.Web.GetAsync($"/api/approvals?status=pending&run_id={run}")).GetProperty("items").EnumerateArray().ToList();
            if (waits.Count == 0)
            {
                continue;
            }

            var title = waits[0].GetProperty("title").GetString()!;
            asked.Add(waits[0].GetProperty("gate").GetProperty("action").GetString()!);
            await page.GetByRole(AriaRole.Region, new() { Name = "What waits" }).GetByRole(AriaRole.Link).Filter(new() { HasText = title }).ClickAsync();
            await card.GetByRole(AriaRole.Heading, new() { Name = title }).WaitForAsync();
            await card.GetByText("ENG-WS-045").First.WaitForAsync();
            await card.GetByText("left,").WaitForAsync();
            if (asked[^1] == "edr.delete_folder")
            {
                await card.GetByText("destroy", new() { Exact = true }).WaitForAsync();
            }

            await card.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
            await page.GetByText("It is decided: approve").WaitForAsync();
        }

        Assert.Contains("edr.isolate_host", asked);
        Assert.Contains("edr.delete_folder", asked);
        await page.GetByText("Nothing waits.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the run" }).ClickAsync();
        await page.GetByText("contained", new() { Exact = true }).First.WaitForAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Report" }).ClickAsync();
        var report = page.Locator(".report");
        await report.GetByText("ENG-WS-045").First.WaitForAsync();
        await report.GetByText("1,247").First.WaitForAsync();
        var html = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "HTML", Exact = true }).ClickAsync());
        Assert.Equal($"report-{run}.html", html.SuggestedFilename);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Heading, new() { Name = "This stays as it is" }).WaitForAsync();
        await dialog.GetByText("edr.delete_folder").WaitForAsync();
        await dialog.GetByText("edr.release_host").WaitForAsync();
        bench.AssertClean();
    }

    [Fact]
    public async Task Theme_and_time_zone_are_the_readers_and_are_kept()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        await bench.DeliverAsync();
        var page = await bench.SignInAsync("ana", "analyst", new BrowserNewContextOptions { ColorScheme = ColorScheme.Light, TimezoneId = "Asia/Kolkata" });
        await page.GetByText("UTC", new() { Exact = false }).First.WaitForAsync();
        Assert.EndsWith("UTC", await page.Locator("table time-at span").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "UTC" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Local time" }).WaitForAsync();
        Assert.EndsWith("+05:30", await page.Locator("table time-at span").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Light colours" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Local time" }).WaitForAsync();
        Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        bench.AssertClean();
    }
}
