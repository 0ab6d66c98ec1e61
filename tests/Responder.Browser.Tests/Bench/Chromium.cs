using Microsoft.Playwright;
using Responder.Browser.Tests.Bench;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Responder.Browser.Tests.Bench;

/// <summary>One browser for all tests; each test has windows of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;

    public static IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            // Debian's own, which tests/browser/install.sh puts here. Tests may run as root, for whom it has no sandbox; it sees nothing but this machine.
            ExecutablePath = Environment.GetEnvironmentVariable("RESPONDER_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright?.Dispose();
    }
}
