using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Responder.Bench.Harness;
using Responder.Sdk;

namespace Responder.Bench.Pages;

/// <summary>A browser at the pages: how long until they are shown, and what many of them cost.</summary>
internal static class PageVisits
{
    private const string Password = "a sentence for the bench";

    public static async Task<(List<PageRow> Shown, List<MemoryRow> Memory)> MeasureAsync(ServerProcess server, long started, int browsers, CancellationToken cancel)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("RESPONDER_CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        var window = await browser.NewContextAsync();
        window.SetDefaultTimeout(120_000);
        var page = await SignInAsync(window, server, cancel);
        var shown = new List<PageRow>();
        foreach (var (link, heading, wanted) in new[] { ("Approvals", "Approvals", ".card"), ("Runs", "Runs", "tbody tr"), ("Alerts", "Alerts", "tbody tr"), ("Playbooks", "Playbooks", "tbody tr"), ("Overview", "Overview", ".tile") })
        {
            shown.Add(await TimeAsync($"{link}, by its link", 5, async () =>
            {
                await page.Locator("nav a", new PageLocatorOptions { HasTextString = link }).First.ClickAsync();
                await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading, Level = 1, Exact = true }).WaitForAsync();
                await page.Locator(wanted).First.WaitForAsync();
            }, async () => await page.Locator("nav a", new PageLocatorOptions { HasTextString = link == "Runs" ? "Connectors" : "Runs" }).First.ClickAsync()));
        }

        await page.GotoAsync(new Uri(server.Address, "/runs").ToString());
        await page.Locator("tbody tr").First.WaitForAsync();
        var number = 0;
        shown.Add(await TimeAsync("A run that an alert starts, in the open list", 5, async () =>
        {
            var host = $"LIVE-{++number}";
            var alert = new { source_id = host, title = PagesWork.Ask, time = "2026-01-01T10:00:00Z", severity_score = 90, device = new { hostname = host } };
            (await server.Api.PostAsJsonAsync(new Uri("/api/alerts/generic", UriKind.Relative), alert, Json.Options, cancel)).EnsureSuccessStatusCode();
            await page.Locator("tbody tr", new PageLocatorOptions { HasTextString = host }).WaitForAsync();
        }));

        // Those on a small run first: what a large one leaves free in the heap would hide what they cost.
        var memory = new List<MemoryRow>
        {
            new("none; since the start, and now", 1, server.Megabytes - started, server.Megabytes, server.CpuSeconds),
            await BrowsersAsync(window, server, await WaitingAsync(server, cancel), "one that waits", browsers, cancel),
        };
        foreach (var (playbook, name) in new[] { (PagesWork.Listing, "a listing of 100,000 files"), (PagesWork.Long, "the long run") })
        {
            var run = await RunAsync(server, playbook, cancel);
            var address = new Uri(server.Address, $"/runs/{run}").ToString();
            shown.Add(await TimeAsync($"{name}: its page, picture and steps", 5, async () =>
            {
                await page.GotoAsync(address);
                await page.Locator(".graph .s-waiting_approval").WaitForAsync();
            }));
            foreach (var tab in new[] { "Time line", "Journal", "Report" })
            {
                shown.Add(await TimeAsync($"{name}: {tab}", 3, async () =>
                {
                    await page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = tab }).ClickAsync();
                    await page.Locator(tab switch { "Report" => ".report h1, .report h2", "Journal" => "#panel tbody tr", _ => "#panel > details.step, #panel details.step" }).First.WaitForAsync();
                }, async () => await page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Picture" }).ClickAsync()));
            }
        }

        memory.Add(await BrowsersAsync(window, server, await RunAsync(server, PagesWork.Long, cancel), "the long run", browsers, cancel));
        return (shown, memory);
    }

    private static async Task<MemoryRow> BrowsersAsync(IBrowserContext window, ServerProcess server, string run, string name, int count, CancellationToken cancel)
    {
        var (before, clock) = (await QuietAsync(server, cancel), server.CpuSeconds);
        var pages = new List<IPage>();
        for (var number = 0; number < count; number++)
        {
            var page = await window.NewPageAsync();
            await page.GotoAsync(new Uri(server.Address, $"/runs/{run}").ToString());
            await page.Locator(".graph .s-waiting_approval").WaitForAsync();
            pages.Add(page);
        }

        var after = await QuietAsync(server, cancel);
        foreach (var page in pages)
        {
            await page.CloseAsync();
        }

        return new MemoryRow(name, count, after - before, after, Math.Round(server.CpuSeconds - clock, 1));
    }

    // What was only rubbish is given back when nothing happens for a while.
    private static async Task<long> QuietAsync(ServerProcess server, CancellationToken cancel)
    {
        await Task.Delay(TimeSpan.FromSeconds(8), cancel);
        return server.Megabytes;
    }

    private static async Task<IPage> SignInAsync(IBrowserContext window, ServerProcess server, CancellationToken cancel)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync((await File.ReadAllTextAsync(Path.Combine(server.Data, "first-sign-in"), cancel)).Trim());
        await page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Password);
        await page.GetByLabel("The same again").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in with it" }).ClickAsync();
        await page.Locator(".tile").First.WaitForAsync();
        return page;
    }

    private static async Task<string> RunAsync(ServerProcess server, string playbook, CancellationToken cancel)
    {
        using var answer = await server.Api.PostAsJsonAsync(new Uri("/api/runs", UriKind.Relative), new { playbook }, cancel);
        var run = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("run_id").GetString()!;
        while ((await server.Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/approvals?status=pending&run_id={run}", UriKind.Relative), cancel)).GetProperty("items").GetArrayLength() == 0)
        {
            await Task.Delay(100, cancel);
        }

        return run;
    }

    private static async Task<string> WaitingAsync(ServerProcess server, CancellationToken cancel) =>
        (await server.Api.GetFromJsonAsync<JsonElement>(new Uri("/api/runs?status=waiting&playbook=ask&limit=1", UriKind.Relative), cancel)).GetProperty("items")[0].GetProperty("run_id").GetString()!;

    private static async Task<PageRow> TimeAsync(string name, int times, Func<Task> visit, Func<Task>? back = null)
    {
        var latency = new Latency();
        for (var time = 0; time <= times; time++)
        {
            await (back?.Invoke() ?? Task.CompletedTask);
            var begun = Stopwatch.GetTimestamp();
            await visit();
            if (time > 0)
            {
                latency.Add(begun, Stopwatch.GetTimestamp());
            }
        }

        return new PageRow(name, latency.At(.5), latency.At(1));
    }
}
