using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;

namespace Responder.Browser.Tests;

/// <summary>Behind a proxy the pages stand under a path of their own, and the proxy ends TLS.</summary>
public sealed class PrefixTests
{
    [Fact]
    public async Task The_pages_live_under_the_path_of_the_public_address_behind_a_proxy_that_ends_tls()
    {
        await using var proxy = new TlsProxy();
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { PublicAddress = $"{proxy.Address}responder" }, pages: proxy.Address);
        proxy.Behind = bench.Web.Address;
        await bench.AccountAsync("ana", "analyst");
        var page = await bench.OpenAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true });
        await page.GotoAsync(bench.Url("/responder/runs"));
        await page.GetByLabel("Name").FillAsync("ana");
        await page.GetByLabel("Password").FillAsync(PagesBench.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByText("No run is like that.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Approvals" }).ClickAsync();
        await page.GetByText("Nothing waits.").WaitForAsync();
        Assert.EndsWith("/responder/approvals", page.Url, StringComparison.Ordinal);
        Assert.All(await page.Context.CookiesAsync(), cookie => Assert.True(cookie.Secure, cookie.Name));

        var run = await bench.DeliverAsync();
        await page.GetByRole(AriaRole.Article).GetByText("ENG-WS-045").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await page.GetByText("It is decided").WaitForAsync();
        Assert.Equal(Engine.RunStatus.Succeeded, await bench.Web.UntilAsync(run, Engine.RunStatus.Succeeded));
        await page.GetByRole(AriaRole.Link, new() { Name = "To the run" }).ClickAsync();
        await page.Locator(".graph .s-succeeded").Nth(1).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByLabel("Password").WaitForAsync();
        Assert.StartsWith(bench.Url("/responder/sign-in"), page.Url, StringComparison.Ordinal);
        bench.AssertClean();
    }
}
