using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Responder.Sdk.Estate;

namespace Responder.Sdk.Emulation;

/// <summary>How an emulator is served.</summary>
public sealed record EmulatorServerOptions
{
    /// <summary>The loopback port; a free one where 0.</summary>
    public int Port { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Serves https with it; http where null.</summary>
    public EmulatorCertificate? Certificate { get; init; }
}

/// <summary>One emulator on a loopback port.</summary>
public sealed class EmulatorServer : IAsyncDisposable, IDisposable
{
    private readonly WebApplication _app;
    private readonly Emulator _emulator;

    private EmulatorServer(WebApplication app, Emulator emulator, EmulatorSite site) => (_app, _emulator, Site) = (app, emulator, site);

    /// <summary>Estate, clock, log, faults, address.</summary>
    public EmulatorSite Site { get; }

    /// <summary>The emulator's name.</summary>
    public string Name => _emulator.Name;

    /// <summary>As <see cref="Emulator.IsSecond"/>.</summary>
    public bool IsSecond => _emulator.IsSecond;

    /// <summary>Where it listens.</summary>
    public Uri Url => Site.Url;

    /// <summary>Every call that came.</summary>
    public CallLog Calls => Site.Calls;

    /// <summary>What is to go wrong.</summary>
    public WireFaults Faults => Site.Faults;

    /// <summary>What a client must know.</summary>
    public JsonObject Line
    {
        get
        {
            var line = _emulator.Line(Site);
            if (Site.CaFile is { } file)
            {
                line["ca_file"] = file;
            }

            return line;
        }
    }

    /// <summary>The settings of a connection to it.</summary>
    public Dictionary<string, string?> Settings
    {
        get
        {
            var settings = _emulator.Settings(Site).ToDictionary(StringComparer.OrdinalIgnoreCase);
            if (Site.CaFile is { } file)
            {
                settings["CaFile"] = file;
            }

            return settings;
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="emulator">The emulator, new.</param>
    /// <param name="estate">The company that it shows.</param>
    /// <param name="options">Port, clock, certificate.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<EmulatorServer> StartAsync(Emulator emulator, MockEstate estate, EmulatorServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        options ??= new EmulatorServerOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore();
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate.Certificate);
                }
            });
        });
        var app = builder.Build();
        var site = new EmulatorSite(emulator.Name, estate, options.Time, new CallLog(emulator.Name), new WireFaults(emulator.Name)) { CaFile = options.Certificate?.PemFile };
        app.Use((http, next) => EmulatorFront.HandleAsync(http, next, emulator, site));
        app.UseRouting();
        emulator.Map(app, site);
        await app.StartAsync();
        site.Url = new Uri(app.Urls.First());
        return new EmulatorServer(app, emulator, site);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // At once: a caller that hangs in a fault would otherwise hold it for the shutdown's own limit.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
