using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Responder.Sdk.Emulation;

/// <summary>
/// A vendor's HTTP API over the mock estate: same paths, status codes, envelopes, paging, limits. A connector's assembly brings as many as it
/// likes; each is a class with a parameterless constructor, made anew for each server.
/// </summary>
public abstract class Emulator
{
    /// <summary>Its key in the line of <c>responder emulate</c>: <c>falcon</c>, <c>jira_cloud</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True where the company has another product for the same: settings that are made for a fleet name the other one.</summary>
    public virtual bool IsSecond => false;

    /// <summary>Maps its routes, and makes its credentials by <see cref="EmulatorSite.NewSecret"/>.</summary>
    /// <param name="app">Routes, and middleware of its own where it needs some.</param>
    /// <param name="site">Estate, clock, log.</param>
    public abstract void Map(WebApplication app, EmulatorSite site);

    /// <summary>What a client must know, once it listens: <c>{"url","client_id","client_secret"}</c>.</summary>
    /// <param name="site">With its address.</param>
    public abstract JsonObject Line(EmulatorSite site);

    /// <summary>The settings of a connection to it, as the connector reads them.</summary>
    /// <param name="site">With its address.</param>
    public abstract IReadOnlyDictionary<string, string?> Settings(EmulatorSite site);

    /// <summary>Answers an injected status in the vendor's own form: its error body, and its own way to say when to come again.</summary>
    /// <param name="http">The call.</param>
    /// <param name="status">429, 500, 503, …</param>
    /// <param name="retryAfter">How long the caller is to wait; null where that is not said.</param>
    /// <param name="site">Estate, clock, log.</param>
    public virtual async Task RefuseAsync(HttpContext http, int status, TimeSpan? retryAfter, EmulatorSite site)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.StatusCode = status;
        if (retryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await http.Response.WriteAsync(string.Empty);
    }
}
