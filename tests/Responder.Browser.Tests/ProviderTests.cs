using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;
using Responder.Sdk;
using Responder.Web.People;

namespace Responder.Browser.Tests;

/// <summary>Sign-in by OpenID Connect.</summary>
public sealed class ProviderTests
{
    [Fact]
    public async Task Who_the_provider_vouches_for_is_let_in_with_the_role_of_their_group()
    {
        await using var provider = await TestProvider.StartAsync("lea@example.com", "g-leads", "g-other");
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { SignIn = Settings(provider) });
        var page = await bench.OpenAsync();
        await page.GotoAsync(bench.Url("/runs"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByText("No run is like that.").WaitForAsync();
        await page.GetByText("lea@example.com").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Kill switch" }).WaitForAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new() { Name = "API keys" }).CountAsync());
        Assert.False(File.Exists(bench.Web.Folder.File(FirstSignIn.FileName)));
    }

    [Fact]
    public async Task Behind_a_proxy_the_provider_leads_back_to_the_public_address()
    {
        await using var provider = await TestProvider.StartAsync("lea@example.com", "g-leads");
        await using var proxy = new TlsProxy();
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { SignIn = Settings(provider), PublicAddress = $"{proxy.Address}soc" }, pages: proxy.Address);
        proxy.Behind = bench.Web.Address;
        var page = await bench.OpenAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true });
        await page.GotoAsync(bench.Url("/soc/runs"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByText("No run is like that.").WaitForAsync();
        Assert.Equal(bench.Url("/soc/runs"), page.Url);
    }

    [Fact]
    public async Task Who_has_no_role_is_told_so_and_not_let_in()
    {
        await using var provider = await TestProvider.StartAsync("guest@example.com", "g-other");
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { SignIn = Settings(provider) });
        var page = await bench.OpenAsync();
        await page.GotoAsync(bench.Url("/"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "no role for you here" }).WaitForAsync();
    }

    private static SignInSettings Settings(WebApplication provider) => new()
    {
        Oidc = new OidcSettings(provider.Urls.First(), TestProvider.Client, new Secret("s3cret"), "groups", new Dictionary<string, string> { ["g-leads"] = "lead" }, []),
    };
}
