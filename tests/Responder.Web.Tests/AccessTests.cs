using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Responder.Web.Access;
using Responder.Web.Server;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Who may call what.</summary>
public sealed class AccessTests
{
    private static readonly string[] Open = ["/healthz", "/readyz"];

    // Opened by its signed token, which says more than a key could.
    private const string Answer = "/answer/{token}";

    [Fact]
    public async Task Every_route_needs_a_key_save_health()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var nobody = bench.Client(null);
        using var guess = bench.Client(FirstKey.NewKey());
        var routes = Routes(bench).Where(route => route.Path != Answer).ToList();

        Assert.True(routes.Count > 25);
        foreach (var (method, path) in routes)
        {
            foreach (var client in new[] { nobody, guess })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{key}", "rsp_nothing", StringComparison.Ordinal).Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
                using var response = await client.SendAsync(request, WebBench.Cancel);
                Assert.True(Open.Contains(path) ? response.IsSuccessStatusCode : response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {response.StatusCode}");
            }
        }

        using var unknown = await nobody.GetAsync(new Uri("/api/nothing", UriKind.Relative), WebBench.Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal("Bearer", unknown.Headers.WwwAuthenticate.First().Scheme);
        await bench.GetAsync("/api/nothing", 404);
    }

    [Fact]
    public async Task Every_route_names_the_scope_and_role_that_it_needs_and_has_a_name_of_its_own()
    {
        await using var bench = await WebBench.StartAsync([]);
        var endpoints = Endpoints(bench);

        RouteAccessExtensions.EnsureNamed(bench.App);
        Assert.All(endpoints, endpoint =>
        {
            var access = endpoint.Metadata.GetMetadata<RouteAccess>()!;
            Assert.True(access.Needs is null ? Open.Append(Answer).Contains(endpoint.RoutePattern.RawText) : Permission.All.Contains(access.Needs), endpoint.DisplayName);
        });
        var names = endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).ToList();
        Assert.DoesNotContain(null, names);
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    [Fact]
    public async Task A_route_that_names_nothing_is_found()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/forgotten", () => "hello");
        app.MapGet("/known", () => "hello").Needs(Permission.ReadRuns);

        Assert.Contains("/forgotten", Assert.Single(RouteAccessExtensions.Unnamed(app)), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => RouteAccessExtensions.EnsureNamed(app));
    }

    [Fact]
    public async Task Routes_that_are_made_late_are_found_from_then_on_and_name_what_they_need_too()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        using var late = new LateRoutes(app.Services, routes => routes.MapGet("/late", () => "hello").Needs(Permission.ReadRuns));
        using var forgetful = new LateRoutes(app.Services, routes => routes.MapGet("/forgotten", () => "hello"));
        var told = 0;
        using var watch = late.GetChangeToken().RegisterChangeCallback(_ => told++, null);

        Assert.Empty(late.Endpoints);
        late.Make();
        late.Make();

        Assert.Equal("/late", Assert.IsType<RouteEndpoint>(Assert.Single(late.Endpoints)).RoutePattern.RawText);
        Assert.Equal(1, told);
        Assert.Throws<InvalidOperationException>(forgetful.Make);
        Assert.Empty(forgetful.Endpoints);
    }

    [Fact]
    public async Task What_machines_ask_for_makes_no_page_and_what_a_browser_asks_for_does()
    {
        await using var bench = await WebBench.StartAsync([]);
        var pages = bench.App.Services.GetRequiredService<LateRoutes>();

        await bench.GetAsync("/readyz");
        await bench.GetAsync("/api/runs");
        await bench.GetAsync("/openapi/v1.json");
        Assert.Empty(pages.Endpoints);

        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = bench.Address };
        using var page = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative), WebBench.Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.NotEmpty(pages.Endpoints);
    }

    [Fact]
    public async Task The_first_key_is_its_owners_alone_and_in_no_log()
    {
        await using var bench = await WebBench.StartAsync([]);
        await bench.GetAsync("/api/runs");

        var file = bench.Folder.File(FirstKey.FileName);
        Assert.StartsWith("rsp_", bench.Key, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Contains(bench.Logs, line => line.Contains(file, StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Logs, line => line.Contains(bench.Key, StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Key, await File.ReadAllTextAsync(bench.Folder.File("responder.db-wal"), Encoding.Latin1, WebBench.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say_and_nothing_else()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        using var reader = await bench.ClientOf("runs:read");
        using var viewer = await bench.ClientOf("role:viewer");
        using var sender = await bench.ClientOf("alerts:write:generic");

        await bench.GetAsync("/api/runs", client: reader);
        await bench.GetAsync("/api/alerts", 403, reader);
        await bench.GetAsync("/api/alerts", client: viewer);
        await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate" }, viewer), 403);
        await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged(), sender), 202);
        var problem = await WebBench.Read(await bench.PostAsync("/api/alerts/sysmon", Alerts.Staged(), sender), 403);
        Assert.Contains("alerts:write", problem.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        await bench.GetAsync("/api/keys", 403, viewer);
    }

    [Fact]
    public async Task A_key_in_the_address_is_taken_only_where_it_can_do_nothing_else_and_is_in_no_log()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        using var nobody = bench.Client(null);
        var narrow = (await bench.MakeKeyAsync("alerts:write:generic")).GetProperty("key").GetString()!;
        var broad = (await bench.MakeKeyAsync("alerts:write")).GetProperty("key").GetString()!;

        await WebBench.Read(await bench.PostAsync($"/api/alerts/generic/{narrow}", Alerts.Staged(), nobody), 202);
        await WebBench.Read(await bench.PostAsync($"/api/alerts/sysmon/{narrow}", Alerts.Staged(), nobody), 403);
        await WebBench.Read(await bench.PostAsync($"/api/alerts/generic/{broad}", Alerts.Staged(), nobody), 403);
        await WebBench.Read(await bench.PostAsync($"/api/alerts/generic/{narrow}x", Alerts.Staged(), nobody), 401);

        Assert.Contains(bench.Logs, line => line.Contains("/api/alerts/generic/hidden", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Logs, line => line.Contains(narrow, StringComparison.Ordinal) || line.Contains(broad, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_revoked_is_good_for_nothing()
    {
        await using var bench = await WebBench.StartAsync([]);
        var made = await bench.MakeKeyAsync("runs:read");
        using var client = bench.Client(made.GetProperty("key").GetString());
        await bench.GetAsync("/api/runs", client: client);

        using var revoked = await bench.Api.DeleteAsync(new Uri($"/api/keys/{made.GetProperty("id").GetString()}", UriKind.Relative), WebBench.Cancel);

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await bench.GetAsync("/api/runs", 401, client);
        var listed = (await bench.GetAsync("/api/keys")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, listed.Count);
        Assert.DoesNotContain("rsp_", string.Concat(listed.Select(one => one.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_gives_a_scope_that_they_have_not()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var keeper = await bench.ClientOf("keys:manage", "runs:read");

        await WebBench.Read(await bench.PostAsync("/api/keys", new { name = "a", scopes = new[] { "runs:read" } }, keeper), 201);
        await WebBench.Read(await bench.PostAsync("/api/keys", new { name = "b", scopes = new[] { "*" } }, keeper), 403);
        await WebBench.Read(await bench.PostAsync("/api/keys", new { name = "c", scopes = new[] { "role:admin" } }, keeper), 403);
        await WebBench.Read(await bench.PostAsync("/api/keys", new { name = "d", scopes = new[] { "runs:reed" } }), 422);
        await WebBench.Read(await bench.PostAsync("/api/keys", new { name = "a", scopes = new[] { "runs:read" } }), 409);
    }

    [Fact]
    public async Task A_password_is_taken_for_the_pages_of_the_docs_and_nowhere_else()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var browser = bench.Client(null);
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{bench.Key}")));

        using var docs = await browser.GetAsync(new Uri("/docs/", UriKind.Relative), WebBench.Cancel);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (docs.StatusCode, docs.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("cdn.", await docs.Content.ReadAsStringAsync(WebBench.Cancel), StringComparison.Ordinal);
        await bench.GetAsync("/openapi/v1.json", client: browser);
        await bench.GetAsync("/api/runs", 401, browser);
    }

    private static IEnumerable<(string Method, string Path)> Routes(WebBench bench) => Endpoints(bench)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, endpoint.RoutePattern.RawText!)));

    // The pages have sessions and tests of their own.
    private static List<RouteEndpoint> Endpoints(WebBench bench) =>
        [.. bench.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(one => one.Metadata.GetMetadata<RouteAccess>() is { IsPage: false })];
}
