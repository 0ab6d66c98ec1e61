using System.Reflection;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Components;
using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;

namespace Responder.Browser.Tests;

/// <summary>Every page in both themes: axe finds nothing serious, and no secret of the server stands in it. With RESPONDER_SCREENSHOTS set, a picture of each goes there.</summary>
public sealed class EveryPageTests
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("RESPONDER_SCREENSHOTS");

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme)
    {
        await using var bench = await PagesBench.StartAsync();
        var sample = new StringContent(await File.ReadAllTextAsync(Repository.Path("playbooks/t1074-data-staged/alerts/sysmon-data-staged.json"), WebBench.Cancel), System.Text.Encoding.UTF8, "application/json");
        var alert = await WebBench.Read(await bench.Web.Api.PostAsync(new Uri("/api/alerts/sysmon", UriKind.Relative), sample, WebBench.Cancel), 202);
        var run = alert.GetProperty("results")[0].GetProperty("runs")[0].GetProperty("run_id").GetString()!;
        await bench.Web.UntilAsync(run, Engine.RunStatus.Waiting);
        var stranger = await bench.OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme });
        var page = await bench.SignInAsync("ada", "admin", new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1360, Height = 900 } });
        string[] secrets = [bench.Web.Key.Trim(), (await File.ReadAllTextAsync(bench.Web.Folder.File("audit-key"), WebBench.Cancel)).Trim(), PagesBench.Password];
        var found = new List<string>();
        foreach (var path in new[] { "/sign-in", "/welcome", "/signed-out", "/not-allowed" })
        {
            await stranger.GotoAsync(bench.Url(path));
            await LookAsync(stranger, path, scheme, secrets, found);
        }

        var pages = new (string Path, string Wanted)[]
        {
            ("/", ".tile"), ("/approvals", "h1"), ("/runs", "table"), ($"/runs/{run}", ".graph svg"), ("/alerts", "table"),
            ($"/alerts/{alert.GetProperty("results")[0].GetProperty("alert_id").GetString()}", "pre"), ("/playbooks", "table"), ("/playbooks/t1074-data-staged", ".monaco-editor .view-line"),
            ("/connectors", ".sheet"), ("/keys", "table"), ("/people", "table"), ("/account", ".sheet"), ("/audit", "h1"), ("/no-such-page", "h1"),
        };
        foreach (var (path, wanted) in pages)
        {
            await page.GotoAsync(bench.Url(path));
            await page.Locator(wanted).First.WaitForAsync();
            await LookAsync(page, path, scheme, secrets, found);
        }

        await page.GotoAsync(bench.Url($"/runs/{run}"));
        foreach (var tab in new[] { "Time line", "Journal", "Report" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await LookAsync(page, $"/run-{tab}", scheme, secrets, found);
        }

        await page.GotoAsync(bench.Url("/playbooks/t1074-data-staged"));
        await page.Locator(".monaco-editor .view-line").First.WaitForAsync();
        foreach (var tab in new[] { "Problems", "Plan", "Tests", "History", "Start" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await LookAsync(page, $"/playbook-{tab}", scheme, secrets, found);
        }

        await page.GotoAsync(bench.Url("/account"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await page.Locator(".qr svg").WaitForAsync();
        await LookAsync(page, "/account-codes", scheme, secrets, found);
        await page.GetByRole(AriaRole.Button, new() { Name = "Kill switch" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await LookAsync(page, "/kill-switch", scheme, secrets, found);

        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in new[] { "/", "/approvals", $"/runs/{run}", "/runs", "/alerts", "/playbooks", "/connectors", "/people", "/account", "/audit" })
        {
            await page.GotoAsync(bench.Url(path));
            await page.Locator("h1").WaitForAsync();
            await page.WaitForFunctionAsync("() => !document.querySelector('main')?.innerText.includes('Loading …')");
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1"))
            {
                found.Add($"{path}: wider than a phone");
            }

            await LookAsync(page, $"/phone{path}", scheme, secrets, found);
        }

        string[] seen = ["/sign-in", "/welcome", "/signed-out", "/not-allowed", .. pages.Select(one => one.Path)];
        found.AddRange(typeof(Web.Components.App).Assembly.GetTypes()
            .Select(type => (type.Name, Routes: type.GetCustomAttributes<RouteAttribute>().Select(route => "^" + Regex.Replace(route.Template, @"\{[^}]+\}", "[^/]+") + "$").ToList()))
            .Where(one => one.Routes.Count > 0 && one.Name != nameof(Web.Components.Pages.NotFoundPage) && !one.Routes.Exists(route => seen.Any(path => Regex.IsMatch(path, route))))
            .Select(one => $"{one.Name} was not looked at"));
        Assert.True(found.Count == 0, string.Join('\n', found));
        bench.AssertClean();
    }

    private static async Task LookAsync(IPage page, string path, ColorScheme scheme, string[] secrets, List<string> found)
    {
        if (Pictures is { Length: > 0 })
        {
            Directory.CreateDirectory(Pictures);
            var name = string.Concat(path.Select(sign => char.IsLetterOrDigit(sign) ? sign : '-')).Trim('-');
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{(name.Length == 0 ? "overview" : name)}-{scheme}.png"), FullPage = true });
        }

        var html = await page.ContentAsync();
        found.AddRange(secrets.Where(secret => html.Contains(secret, StringComparison.Ordinal)).Select(secret => $"{path}: shows the secret that begins with {secret[..6]}"));
        var result = await page.RunAxe();
        found.AddRange(result.Violations.Where(one => one.Impact is "serious" or "critical")
            .Select(one => $"{path} ({scheme}): {one.Id}: {one.Help} at {string.Join(" ; ", one.Nodes.Take(4).Select(node => $"{node.Target} {node.Html}"))}"));
    }
}
