using Responder.Engine.Access;
using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Responder.Engine.Audit;
using Responder.Browser.Tests.Bench;
using Responder.Web.Access;
using Responder.Web.People;
using Responder.Web.Server;

namespace Responder.Browser.Tests;

/// <summary>Local accounts, sessions, and what keeps others out.</summary>
public sealed class SignInTests
{
    private static Func<UserRow, AuditEntry> Note(string action) => one => new AuditEntry(AuditKinds.User, "user:admin", action, one.Name);

    [Fact]
    public async Task The_first_link_is_in_a_file_and_in_no_log_and_is_good_once()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var file = await bench.Web.App.Services.GetRequiredService<FirstSignIn>().Ready;
        var link = (await File.ReadAllTextAsync(file!, WebBench.Cancel)).Trim();
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file!) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        var page = await bench.OpenAsync();
        await page.GotoAsync(link);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PagesBench.Password);
        await page.GetByLabel("The same again").FillAsync(PagesBench.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with it" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "API keys" }).WaitForAsync();

        var second = await bench.OpenAsync();
        await second.GotoAsync(link);
        await second.GetByLabel("Password", new() { Exact = true }).FillAsync(PagesBench.Password);
        await second.GetByLabel("The same again").FillAsync(PagesBench.Password);
        await second.GetByRole(AriaRole.Button, new() { Name = "Sign in with it" }).ClickAsync();
        await second.GetByRole(AriaRole.Alert).Filter(new() { HasText = "not good any more" }).WaitForAsync();

        var token = link.Split('#')[1];
        Assert.DoesNotContain(bench.Web.Logs, line => line.Contains(token, StringComparison.Ordinal) || line.Contains(PagesBench.Password, StringComparison.Ordinal));
        bench.AssertClean();
    }

    [Fact]
    public async Task Who_signs_out_or_is_disabled_sees_nothing_more()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByLabel("Password").WaitForAsync();
        await page.GotoAsync(bench.Url("/runs"));
        await page.GetByLabel("Password").WaitForAsync();

        var other = await bench.SignInAsync("ben", "analyst");
        using var gone = await bench.Web.PostAsync("/api/users/ben/disable", new { });
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        await other.GotoAsync(bench.Url("/runs"));
        await other.GetByLabel("Password").WaitForAsync();
    }

    [Fact]
    public async Task An_account_is_locked_after_five_wrong_passwords_for_some_minutes()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        await bench.AccountAsync("ana", "analyst");
        var accounts = bench.Web.App.Services.GetRequiredService<Accounts>();
        for (var index = 0; index < 5; index++)
        {
            Assert.Null(await accounts.SignInAsync("ana", "wrong", null, WebBench.Cancel));
        }

        Assert.Null(await accounts.SignInAsync("ana", PagesBench.Password, null, WebBench.Cancel));
        Assert.Null(await accounts.SignInAsync("nobody", PagesBench.Password, null, WebBench.Cancel));
        var locked = (await bench.Web.Node.Store.Users.FindAsync("ana", WebBench.Cancel))!;
        Assert.InRange((locked.LockedUntil!.Value - locked.CreatedAt).TotalMinutes, 0.5, 15);
        await bench.Web.Node.Store.Users.ChangeAsync("ana", one => one with { LockedUntil = one.CreatedAt }, Note("unlocked"), WebBench.Cancel);
        Assert.NotNull(await accounts.SignInAsync("Ana ", PagesBench.Password, null, WebBench.Cancel));
    }

    [Fact]
    public async Task Who_wants_one_time_codes_is_asked_for_one_each_time_and_none_is_taken_twice()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GetByRole(AriaRole.Link, new() { Name = "ana", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await page.Locator(".qr svg").WaitForAsync();
        var secret = await page.Locator(".qr + .mono").InnerTextAsync();
        await page.GetByLabel("The code that the app shows").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for codes from now on" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "That code is not right" }).WaitForAsync();
        await page.GetByLabel("The code that the app shows").FillAsync(Code());
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for codes from now on" }).ClickAsync();
        await page.GetByText("From now on you are asked for a code.").WaitForAsync();
        Assert.DoesNotContain(secret, (await bench.Web.Node.Store.Users.FindAsync("ana", WebBench.Cancel))!.CodeSecret!, StringComparison.Ordinal);

        var accounts = bench.Web.App.Services.GetRequiredService<Accounts>();
        Assert.Null(await accounts.SignInAsync("ana", PagesBench.Password, null, WebBench.Cancel));
        Assert.Null(await accounts.SignInAsync("ana", PagesBench.Password, Code(), WebBench.Cancel));
        bench.Web.Time.Ahead += TimeSpan.FromMinutes(2);
        Assert.Null(await accounts.SignInAsync("ana", "wrong", Code(), WebBench.Cancel));
        var again = await bench.OpenAsync();
        await again.GotoAsync(bench.Url("/sign-in"));
        await again.GetByLabel("Name").FillAsync("ana");
        await again.GetByLabel("Password").FillAsync(PagesBench.Password);
        await again.GetByLabel("One-time code").FillAsync(Code());
        await again.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await again.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        Assert.Null(await accounts.SignInAsync("ana", PagesBench.Password, Code(), WebBench.Cancel));

        bench.Web.Time.Ahead += TimeSpan.FromMinutes(2);
        await again.GotoAsync(bench.Url("/account"));
        await again.GetByLabel("The code that the app shows").FillAsync(Code());
        await again.GetByRole(AriaRole.Button, new() { Name = "Ask for no codes any more" }).ClickAsync();
        await again.GetByText("You are asked for no codes any more.").WaitForAsync();
        Assert.NotNull(await accounts.SignInAsync("ana", PagesBench.Password, null, WebBench.Cancel));
        Assert.DoesNotContain(bench.Web.Logs, line => line.Contains(secret, StringComparison.Ordinal));
        bench.AssertClean();

        string Code() => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(bench.Web.Time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task A_new_link_ends_codes_and_a_secret_that_cannot_be_read_lets_nobody_in()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        await bench.AccountAsync("ana", "analyst");
        var accounts = bench.Web.App.Services.GetRequiredService<Accounts>();
        await bench.Web.Node.Store.Users.ChangeAsync("ana", one => one with { CodeSecret = "of other keys" }, Note("changed"), WebBench.Cancel);
        Assert.Null(await accounts.SignInAsync("ana", PagesBench.Password, "123456", WebBench.Cancel));
        await bench.AccountAsync("ana", "analyst");
        Assert.NotNull(await accounts.SignInAsync("ana", PagesBench.Password, null, WebBench.Cancel));
    }

    [Fact]
    public async Task Nobody_guesses_the_code_at_somebodys_open_page()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        await bench.AccountAsync("ana", "analyst");
        var (codes, secret) = (bench.Web.App.Services.GetRequiredService<OneTimeCodes>(), OneTimeCodes.NewSecret());
        Assert.True(await codes.SetAsync("ana", secret, Code(), WebBench.Cancel));
        bench.Web.Time.Ahead += TimeSpan.FromMinutes(2);
        for (var index = 0; index < 5; index++)
        {
            Assert.False(await codes.RemoveAsync("ana", "no code", WebBench.Cancel));
        }

        Assert.False(await codes.RemoveAsync("ana", Code(), WebBench.Cancel));
        bench.Web.Time.Ahead += TimeSpan.FromMinutes(16);
        Assert.True(await codes.RemoveAsync("ana", Code(), WebBench.Cancel));

        string Code() => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret)).ComputeTotp(bench.Web.Time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task A_session_ends_at_its_time_and_a_page_that_was_left_open_decides_nothing_more()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var run = await bench.DeliverAsync();
        var approval = (await bench.Web.ApprovalAsync(run)).GetProperty("id").GetString()!;
        var page = await bench.SignInAsync("ana", "analyst");
        await page.GotoAsync(bench.Url($"/approvals/{approval}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).WaitForAsync();
        var person = await page.Context.CookiesAsync();
        Assert.Contains(person, cookie => cookie is { Name: "responder-session", HttpOnly: true, SameSite: SameSiteAttribute.Lax });

        bench.Web.Time.Ahead += TimeSpan.FromHours(12.1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await page.GetByText("Your session is over. Sign in again; nothing was done.").First.WaitForAsync();
        Assert.DoesNotContain("gate_answered", (await bench.Web.GetAsync($"/api/runs/{run}/events")).GetRawText(), StringComparison.Ordinal);
        await page.GotoAsync(bench.Url("/runs"));
        await page.GetByLabel("Password").WaitForAsync();
        bench.AssertClean();
    }

    [Fact]
    public async Task Behind_https_cookies_are_for_https_alone()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate], options => options with { PublicAddress = "https://soc.example" });
        using var client = Plain(bench);
        using var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), WebBench.Cancel);
        Assert.All(page.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("max-age", page.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_names_what_it_needs_and_leads_strangers_to_the_sign_in()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        using var stranger = Plain(bench);
        var pages = Pages(bench).ToList();
        Assert.True(pages.Count > 8);
        foreach (var page in pages)
        {
            using var answer = await stranger.GetAsync(new Uri(page.RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal), UriKind.Relative), WebBench.Cancel);
            var access = page.Metadata.GetMetadata<RouteAccess>()!;
            Assert.True(access.Needs is null ? answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed
                : answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed, $"{page.RoutePattern.RawText}: {answer.StatusCode}");
            Assert.True(answer.StatusCode != HttpStatusCode.Found || answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_page_bears_its_headers_and_no_script_of_its_own_and_a_form_without_its_token_is_refused()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        using var client = Plain(bench);
        using var page = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), WebBench.Cancel);
        var policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        var html = await page.Content.ReadAsStringAsync(WebBench.Cancel);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick=", html, StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent([new("name", "admin"), new("password", "x")]);
        using var refused = await client.PostAsync(new Uri("/session/sign-in", UriKind.Relative), form, WebBench.Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        using var socket = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        socket.Headers.Add("Origin", "https://elsewhere.example");
        using var elsewhere = await client.SendAsync(socket, WebBench.Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/runs/1?x=2", "/runs/1?x=2")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("/sign-in", "/")]
    [InlineData(null, "/")]
    public void Nobody_is_led_elsewhere(string? asked, string led) => Assert.Equal(led, SessionApi.Local(asked));

    [Fact]
    public async Task A_session_is_good_for_no_route_of_the_api()
    {
        await using var bench = await PagesBench.StartAsync([Samples.Isolate]);
        var page = await bench.SignInAsync("root", "admin");
        var answer = await page.APIRequest.GetAsync(bench.Url("/api/runs"));
        Assert.Equal(401, answer.Status);
        Assert.Equal(200, (await page.APIRequest.GetAsync(bench.Url("/docs/"))).Status);
    }

    private static HttpClient Plain(PagesBench bench) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = bench.Web.Address };

    private static IEnumerable<RouteEndpoint> Pages(PagesBench bench)
    {
        bench.Web.App.Services.GetRequiredService<LateRoutes>().Make();
        return bench.Web.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteAccess>() is { IsPage: true } && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is null or [.., "GET"] or ["GET", ..]);
    }
}
