using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Live response: library scripts, one session a machine, results by a link that wants no token. The library holds one script, hello.ps1.</summary>
internal sealed class LiveResponseRoutes(EmulatorSite site, ODataAnswers answers, OrderBook book)
{
    /// <summary>Where results lie, in place of Azure's blob storage.</summary>
    public const string Storage = "/blob";

    public void Map(WebApplication app)
    {
        app.MapPost("/api/machines/{id}/runliveresponse", RunAsync);
        app.MapGet("/api/machineactions/{id}/{function}", LinkAsync);
        app.MapGet($"{Storage}/{{id}}/{{key}}", ResultAsync);
    }

    private async Task RunAsync(HttpContext http)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var commands = body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("Commands", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().ToList() : [];
        if (site.Estate.Read(company => OrderBook.Find(company, http.Request.RouteValues["id"]!.ToString())) is not { } host)
        {
            await MachineRoutes.UnknownAsync(http, answers);
            return;
        }

        if (ODataAnswers.Text(body, "Comment") is not { Length: > 0 } comment || commands.Count != 1 || ODataAnswers.Text(commands[0], "type") != "RunScript" || Parameter(commands[0], "ScriptName") is not { } script)
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", "Comment and Commands are required");
            return;
        }

        if (script != "hello.ps1")
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", $"Script {script} does not exist in the library");
            return;
        }

        if (book.Add(host, "LiveResponse", comment, null, "LiveResponse") is not { } order)
        {
            await answers.ErrorAsync(http, 400, "ActiveRequestAlreadyExists", "Action is already in progress");
            return;
        }

        order.Commands.Add(JsonNode.Parse(commands[0].GetRawText()));
        var by = EmulatorSite.By(http, "defender.run_script", host.Hostname);
        order.Finish = () =>
        {
            site.Estate.Do(by, _ => new RestCalled("RunScript", script, 0));
            order.Result = new JsonObject { ["script_name"] = script, ["exit_code"] = 0, ["script_output"] = $"hello {Parameter(commands[0], "Args")}\n", ["script_errors"] = string.Empty };
        };
        await answers.EntityAsync(http, "MachineActions/$entity", site.Estate.Read(order.Shape), 201);
    }

    private Task LinkAsync(HttpContext http)
    {
        var order = book.All().FirstOrDefault(one => one.Id == http.Request.RouteValues["id"]?.ToString());
        return order?.Result is null || http.Request.RouteValues["function"]?.ToString() != "GetLiveResponseResultDownloadLink(index=0)"
            ? answers.ErrorAsync(http, 404, "ResourceNotFound", "The command has no result")
            : answers.EntityAsync(http, "Edm.String", new JsonObject { ["value"] = new Uri(site.Url, $"{Storage[1..]}/{order.Id}/{EmulatorSite.NewSecret()}").ToString() });
    }

    private async Task ResultAsync(HttpContext http)
    {
        var order = book.All().FirstOrDefault(one => one.Id == http.Request.RouteValues["id"]?.ToString());
        if (order?.Result is not { } result || http.Request.Headers.Authorization.Count > 0)
        {
            // Blob storage refuses a token that is not its own beside a signed link.
            http.Response.StatusCode = order?.Result is null ? 404 : 400;
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(result.ToJsonString(VendorJson.Snake));
    }

    private static string? Parameter(JsonElement command, string key) => command.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Where(one => ODataAnswers.Text(one, "key") == key).Select(one => ODataAnswers.Text(one, "value")).FirstOrDefault() : null;
}
