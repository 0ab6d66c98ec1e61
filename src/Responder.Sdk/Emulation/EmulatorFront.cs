using System.Text;
using Microsoft.AspNetCore.Http;

namespace Responder.Sdk.Emulation;

/// <summary>What stands in front of every emulator: the log, and the faults of the wire.</summary>
internal static class EmulatorFront
{
    /// <summary>No caller hangs longer: its own time-out is what is tested.</summary>
    private static readonly TimeSpan LongestHang = TimeSpan.FromMinutes(2);

    public static async Task HandleAsync(HttpContext http, RequestDelegate next, Emulator emulator, EmulatorSite site)
    {
        var call = site.Calls.Begin(http, site.Time.GetUtcNow());
        try
        {
            await HandleAsync(call, http, next, emulator, site);
        }
        finally
        {
            site.Calls.End(call);
        }
    }

    private static async Task HandleAsync(EmulatedCall call, HttpContext http, RequestDelegate next, Emulator emulator, EmulatorSite site)
    {
        call.Body = await BodyAsync(http);
        var fault = site.Faults.Strikes(call.Method, call.Path);
        call.Fault = fault?.Do.ToString();
        switch (fault?.Do)
        {
            case WireFaultKind.Answer:
                await emulator.RefuseAsync(http, fault.Status, fault.RetryAfter, site);
                break;
            case WireFaultKind.Hang:
                await HangAsync(http, LongestHang);
                http.Abort();
                return;
            case WireFaultKind.Drop:
                http.Abort();
                return;
            case WireFaultKind.HangAfterDoing or WireFaultKind.DropAfterDoing:
                await UnseenAsync(http, next);
                if (fault.Do == WireFaultKind.HangAfterDoing)
                {
                    await HangAsync(http, LongestHang);
                }

                http.Abort();
                return;
            case WireFaultKind.Slow:
                await HangAsync(http, fault.Delay);
                await next(http);
                break;
            default:
                await next(http);
                break;
        }

        call.Status = http.Response.StatusCode;
    }

    /// <summary>Lets the emulator do it, and keeps what it answers.</summary>
    private static async Task UnseenAsync(HttpContext http, RequestDelegate next)
    {
        var wire = http.Response.Body;
        http.Response.Body = new MemoryStream();
        await next(http);
        http.Response.Body = wire;
    }

    /// <summary>By the wall clock: the caller waits at a socket.</summary>
    private static async Task HangAsync(HttpContext http, TimeSpan atMost)
    {
        try
        {
            await Task.Delay(atMost, TimeProvider.System, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone, as it should.
        }
    }

    private static async Task<string?> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true || http.Request.Path.Value?.Contains("token", StringComparison.OrdinalIgnoreCase) == true)
        {
            return null;
        }

        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        http.Request.Body.Position = 0;
        return body;
    }
}
