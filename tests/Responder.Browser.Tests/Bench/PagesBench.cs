using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Responder.Web;
using Responder.Web.People;

namespace Responder.Browser.Tests.Bench;

/// <summary>The server and people at its pages. Whatever a page asks of another host, or its policy refuses, is a fault of the test.</summary>
internal sealed class PagesBench : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";

    private const float Patience = 60_000;

    private readonly List<IBrowserContext> _windows = [];
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _said = new();

    private readonly Uri _pages;

    private PagesBench(WebBench web, Uri? pages) => (Web, _pages) = (web, pages ?? web.Address);

    public WebBench Web { get; }

    public static async Task<PagesBench> StartAsync(IReadOnlyList<string>? playbooks = null, Func<ServerOptions, ServerOptions>? set = null, string? faults = null, Uri? pages = null) =>
        new(await WebBench.StartAsync(playbooks, set, faults: faults), pages);

    /// <summary>A window of a new person, who is not signed in.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        var window = await Chromium.Browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        _windows.Add(window);
        window.SetDefaultTimeout(Patience);
        var page = await window.NewPageAsync();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_pages.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _faults.Enqueue($"asked another host: {request.Url}");
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                _said.Enqueue($"{response.Status} {response.Url}");
            }
        };
        page.PageError += (_, error) => _faults.Enqueue($"script failed: {error}");
        page.Console += (_, line) =>
        {
            _said.Enqueue($"{line.Type}: {line.Text}");
            if (line.Type == "error" && line.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _faults.Enqueue(line.Text);
            }
        };
        return page;
    }

    /// <summary>Somebody of these roles, signed in and at the overview.</summary>
    public async Task<IPage> SignInAsync(string name, string role, BrowserNewContextOptions? options = null)
    {
        await AccountAsync(name, role);
        var page = await OpenAsync(options);
        await page.GotoAsync(Url("/sign-in"));
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        try
        {
            await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"{page.Url} shows: {await page.Locator("body").InnerTextAsync()}\n{string.Join('\n', _said)}\n{string.Join('\n', Web.Logs.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warn", StringComparison.Ordinal)))}", late);
        }

        return page;
    }

    /// <summary>An account with the password of all of them.</summary>
    public async Task AccountAsync(string name, string role)
    {
        var accounts = Web.App.Services.GetRequiredService<Accounts>();
        var invited = await accounts.InviteAsync(name, [role], "test", WebBench.Cancel);
        Assert.NotNull((await accounts.AcceptAsync(invited.Text!, Password, WebBench.Cancel)).User);
    }

    public string Url(string path) => new Uri(_pages, path).ToString();

    /// <summary>Delivers an alert; the first run that it starts.</summary>
    public async Task<string> DeliverAsync(object? alert = null) =>
        (await WebBench.Read(await Web.PostAsync("/api/alerts/generic", alert ?? Alerts.Staged()), 202)).GetProperty("results")[0].GetProperty("runs")[0].GetProperty("run_id").GetString()!;

    /// <summary>Nothing was asked of another host, and nothing broke the policy.</summary>
    public void AssertClean() => Assert.True(_faults.IsEmpty, string.Join('\n', _faults));

    public async ValueTask DisposeAsync()
    {
        foreach (var window in _windows)
        {
            await window.CloseAsync();
        }

        await Web.DisposeAsync();
    }
}
