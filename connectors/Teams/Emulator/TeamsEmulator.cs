using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Teams.Emulator;

/// <summary>A Workflows webhook: takes an Adaptive Card, says 202, and posts it into the estate.</summary>
internal sealed class TeamsEmulator : Sdk.Emulation.Emulator
{
    private const int Limit = 28 * 1024;
    private const string Path = "/workflows/5a1f/triggers/manual/paths/invoke";

    private readonly string _signature = EmulatorSite.NewSecret(43);

    public override string Name => "teams";

    public override void Map(WebApplication app, EmulatorSite site)
    {
        app.MapPost(Path, http => TakeAsync(http, site));
        app.MapFallback(http => RefusedAsync(http, 404, "WorkflowNotFound", "The workflow could not be found."));
    }

    public override JsonObject Line(EmulatorSite site) => new() { ["url"] = Address(site) };

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?> { ["Url"] = Address(site) };

    private string Address(EmulatorSite site) => $"{site.Url.GetLeftPart(UriPartial.Authority)}{Path}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig={_signature}";

    private async Task TakeAsync(HttpContext http, EmulatorSite site)
    {
        if (http.Request.Query["sig"] != _signature)
        {
            await RefusedAsync(http, 401, "DirectApiAuthorizationRequired", "The request must be authenticated.");
            return;
        }

        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy);
        if (copy.Length > Limit)
        {
            await RefusedAsync(http, 413, "RequestEntityTooLarge", "The message is too large.");
            return;
        }

        if (Card(copy.ToArray()) is not var (message, card))
        {
            await RefusedAsync(http, 400, "TriggerInputSchemaMismatch", "The input body for trigger 'manual' of type 'Request' did not match its schema definition.");
            return;
        }

        var to = (message["recipient"] ?? message["channel"])?.GetValue<string>() ?? "channel";
        var blocks = card["body"]!.AsArray().Select(block => string.Concat(block!["inlines"]?.AsArray().Select(run => run!["text"]!.GetValue<string>()) ?? [])).ToList();
        var link = card["actions"]?.AsArray().FirstOrDefault(action => action!["title"]?.GetValue<string>() == "Answer")?["url"]?.GetValue<string>();
        site.Estate.Do(
            EmulatorSite.By(http, link is not null ? "chat.ask" : "chat.notify", to, blocks[^1].Split(' ')[^1]),
            _ => new MessagePosted(EmulatorSite.NewHex(), "chat", [to], blocks[0], string.Join('\n', blocks.Skip(1).SkipLast(1))));
        http.Response.StatusCode = 202;
        if (link is not null && Uri.TryCreate(link, UriKind.Absolute, out var page) && page.IsLoopback)
        {
            http.Response.OnCompleted(() => AnsweringPerson.AnswerAsync(site, to, blocks, page));
        }
    }

    /// <summary>The message and its one card; null where it is none.</summary>
    private static (JsonObject Message, JsonObject Card)? Card(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) is JsonObject message && message["type"]?.GetValue<string>() == "message" && message["attachments"] is JsonArray { Count: 1 } attachments
                && attachments[0] is JsonObject attachment && attachment["contentType"]?.GetValue<string>() == "application/vnd.microsoft.card.adaptive"
                && attachment["content"] is JsonObject card && card["type"]?.GetValue<string>() == "AdaptiveCard" && card["body"] is JsonArray { Count: > 0 }
                ? (message, card) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task RefusedAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString());
    }
}
