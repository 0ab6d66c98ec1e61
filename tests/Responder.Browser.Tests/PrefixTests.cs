using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;

namespace Responder.Browser.Tests;

/// <summary>Behind a proxy the pages stand under a path of their own.</summary>
public sealed class PrefixTests
{
    [Fact]
    public async Task The_pages_live_under_the_path_of_the_public_address()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { PublicAddress = "http://soc.example/responder" });
        await bench.AccountAsync("ana", "analyst");
        var page = await bench.OpenAsync();
        await page.GotoAsync(bench.Url("/responder/runs"));
        await page.GetByLabel("Name").FillAsync("ana");
        await page.GetByLabel("Password").FillAsync(PagesBench.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByText("No run is like that.").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Approvals" }).ClickAsync();
        await page.GetByText("Nothing waits.").WaitForAsync();
        Assert.EndsWith("/responder/approvals", page.Url, StringComparison.Ordinal);
        bench.AssertClean();
    }
}
