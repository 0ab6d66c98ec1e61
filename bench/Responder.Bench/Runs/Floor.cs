using System.CommandLine;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Responder.Bench.Runs;

/// <summary>
/// <c>floor</c>: the same calls by a plain program with no engine and no history. It is no rival: it shows what this machine, the stub and the sender allow, so that
/// nobody takes their limit for an engine's.
/// </summary>
internal static class Floor
{
    public const string Verb = "floor";

    public static Command Make()
    {
        var urls = new Option<string>("--urls") { Required = true, Description = "Where it listens." };
        var stub = new Option<string>("--stub") { Required = true, Description = "The stub's address." };
        var command = new Command(Verb, "The measured work with no engine, as a program of its own; `runs` starts it.") { urls, stub };
        command.SetAction(async (parse, cancel) =>
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls(parse.GetValue(urls)!);
            var app = builder.Build();
            using var calls = new FloorCalls(new Uri(parse.GetValue(stub)!));
            app.MapGet("/readyz", () => "ready");
            app.MapPost("/", async context =>
            {
                var alert = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                _ = Task.Run(() => calls.RespondAsync(alert), CancellationToken.None);
            });
            await app.StartAsync(cancel);
            await app.WaitForShutdownAsync(cancel);
            return 0;
        });
        return command;
    }
}

/// <summary>The eight calls.</summary>
internal sealed class FloorCalls(Uri stub) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null, MaxConnectionsPerServer = 256 })
    {
        BaseAddress = stub,
    };

    public async Task RespondAsync(JsonDocument alert)
    {
        using (alert)
        {
            var one = alert.RootElement;
            var (run, host) = (Text(one, "id"), Text(one, "hostname"));
            var token = Text(await CallAsync(HttpMethod.Post, "/oauth2/token", run, null, new { grant_type = "client_credentials" }), "access_token");
            var device = (await CallAsync(HttpMethod.Get, $"/devices/queries/devices/v1?filter=hostname:{host}", run, token, null)).GetProperty("resources")[0].GetString()!;
            if (one.GetProperty("severity").GetInt32() >= 70)
            {
                await CallAsync(HttpMethod.Post, "/devices/entities/devices-actions/v2?action_name=contain", run, token, new { ids = (string[])[device] });
                var session = Text((await CallAsync(HttpMethod.Post, "/real-time-response/entities/sessions/v1", run, token, new { device_id = device })).GetProperty("resources")[0], "session_id");
                await CallAsync(HttpMethod.Post, "/real-time-response/entities/admin-command/v1", run, token, new { session_id = session, command_string = "runscript -CloudFile=collect-staging" });
                await CallAsync(HttpMethod.Patch, $"/v1.0/users/{Uri.EscapeDataString(Text(one, "upn"))}", run, token, new { accountEnabled = false });
            }

            var key = Text(await CallAsync(HttpMethod.Post, "/rest/api/3/issue", run, token, new { fields = new { summary = $"{Text(one, "technique")} on {host}" } }), "key");
            await CallAsync(HttpMethod.Post, $"/rest/api/3/issue/{key}/transitions", run, token, new { transition = new { id = "31" } });
        }
    }

    public void Dispose() => _http.Dispose();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, string run, string? token, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation(Work.RunHeader, run);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body)) { Headers = { ContentType = new("application/json") } };
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync());
    }
}
