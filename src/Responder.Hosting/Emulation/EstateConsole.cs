using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Emulation;

/// <summary>Where the estate behind the emulators is looked at and changed: its state, its effects, the calls that came, what is to go wrong.</summary>
/// <param name="fleet">The emulators.</param>
internal sealed class EstateConsole(EmulatorFleet fleet) : Emulator
{
    public override string Name => "estate";

    public override void Map(WebApplication app, EmulatorSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        app.MapGet("/state", http => WriteAsync(http, 200, site.Estate.State()));
        app.MapGet("/effects", http => WriteAsync(http, 200, new { effects = Effects(site.Estate) }));
        app.MapGet("/calls", http => WriteAsync(http, 200, new { calls = fleet.Members.SelectMany(member => member.Server.Calls.All).OrderBy(call => call.At) }));
        app.MapPost("/faults", http => TakeAsync(http, text => fleet.Add(WireFaults.Parse(text))));
        app.MapDelete("/faults", http => TakeAsync(http, _ => fleet.ClearFaults()));
        app.MapPost("/happen", http => TakeAsync(http, text => site.Estate.Happen(JsonSerializer.Deserialize<JsonElement>(text))));
        app.MapPost("/reset", http => TakeAsync(http, _ => Reset(site.Estate)));
        app.MapFallback(http => WriteAsync(http, 404, new { error = "There are GET /state, /effects, /calls, POST /faults, /happen, /reset, DELETE /faults." }));
    }

    public override JsonObject Line(EmulatorSite site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return new() { ["url"] = site.Url.GetLeftPart(UriPartial.Authority) };
    }

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>();

    /// <summary>An effect is an action on a target: how often it was done, and by which calls.</summary>
    private static IEnumerable<object> Effects(MockEstate estate)
    {
        var calls = estate.History.Where(effect => effect.Call is not null && effect.Change is not null).ToLookup(effect => (effect.Action, effect.Target), effect => effect.Call);
        return estate.Effects().Values.OrderBy(effect => effect.Action, StringComparer.Ordinal).SelectMany(effect => effect.ByTarget.OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase)
            .Select(one => new { action = effect.Action, target = one.Key, count = one.Value, calls = calls[(effect.Action, one.Key)] }));
    }

    private void Reset(MockEstate estate)
    {
        estate.Reset();
        fleet.ClearFaults();
        foreach (var member in fleet.Members)
        {
            member.Server.Calls.Clear();
        }
    }

    private static async Task TakeAsync(HttpContext http, Action<string> take)
    {
        using var reader = new StreamReader(http.Request.Body);
        try
        {
            take(await reader.ReadToEndAsync(http.RequestAborted));
            http.Response.StatusCode = 204;
        }
        catch (Exception exception) when (exception is EstateException or JsonException)
        {
            await WriteAsync(http, 400, new { error = exception.Message });
        }
    }

    private static Task WriteAsync(HttpContext http, int status, object body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(body, Json.Options);
    }
}
