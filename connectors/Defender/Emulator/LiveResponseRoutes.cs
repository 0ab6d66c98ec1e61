using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Defender.Emulator;

/// <summary>Live response: library scripts and files, one session a machine, results by a link that wants no token. Our own scripts are known by their hash and played over the estate.</summary>
internal sealed partial class LiveResponseRoutes(EmulatorSite site, ODataAnswers answers, OrderBook book, ScriptShelf library)
{
    /// <summary>Where results lie, in place of Azure's blob storage.</summary>
    public const string Storage = "/blob";

    public void Map(WebApplication app)
    {
        app.MapPost("/api/machines/{id}/runliveresponse", RunAsync);
        app.MapGet("/api/machineactions/{id}/{function}", LinkAsync);
        app.MapGet($"{Storage}/{{id}}/{{index:int}}/{{key}}", ResultAsync);
    }

    private async Task RunAsync(HttpContext http)
    {
        var body = await ODataAnswers.BodyAsync(http);
        var commands = body is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("Commands", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(one => one.Clone()).ToList() : [];
        if (site.Estate.Read(company => OrderBook.Find(company, http.Request.RouteValues["id"]!.ToString())) is not { } host)
        {
            await MachineRoutes.UnknownAsync(http, answers);
        }
        else if (ODataAnswers.Text(body, "Comment") is not { Length: > 0 } comment || commands.Count == 0)
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", "Comment and Commands are required");
        }
        else if (Wrong(commands) is { } why)
        {
            await answers.ErrorAsync(http, 400, "InvalidInput", why);
        }
        else if (book.Add(host, "LiveResponse", comment, null, "LiveResponse") is not { } order)
        {
            await answers.ErrorAsync(http, 400, "ActiveRequestAlreadyExists", "Action is already in progress");
        }
        else
        {
            order.Commands.AddRange(commands.Select(command => new LiveStep(command)));
            var call = EmulatorSite.By(http, "defender.run_script", host.Hostname);
            order.Finish = () => order.Commands.All(step => Carry(host, step, call));
            await answers.EntityAsync(http, "MachineActions/$entity", site.Estate.Read(order.Shape), 201);
        }
    }

    /// <summary>Scripts before files, and only scripts that the library holds.</summary>
    private string? Wrong(List<JsonElement> commands)
    {
        var types = commands.Select(command => ODataAnswers.Text(command, "type")).ToList();
        return types.Any(type => type is not ("RunScript" or "GetFile")) ? "The command type is not supported"
            : types.SkipWhile(type => type == "RunScript").Contains("RunScript") ? "The order of commands must be PutFile, RunScript, GetFile"
            : commands.Select(command => Parameter(command, "ScriptName")).OfType<string>().FirstOrDefault(script => !library.Files.ContainsKey(script)) is { } unknown ? $"Script {unknown} does not exist in the library"
            : null;
    }

    private bool Carry(Host host, LiveStep step, EffectBy call) =>
        ODataAnswers.Text(step.Command, "type") == "GetFile" ? Fetch(host, step, Parameter(step.Command, "Path") ?? string.Empty, call) : Script(host, step, Parameter(step.Command, "ScriptName")!, call);

    private bool Script(Host host, LiveStep step, string name, EffectBy call)
    {
        if (!library.Files.TryGetValue(name, out var file))
        {
            return step.Fails($"Script {name} does not exist in the library");
        }

        var arguments = Parameter(step.Command, "Args") ?? string.Empty;
        var (output, errors) = (string.Empty, string.Empty);
        if (ScriptPlay.NameOf(Encoding.UTF8.GetString(file.Content)) is { } ours)
        {
            // Arguments that are not ours alone could be read as script by a shell: none of them may.
            if (!Plain().IsMatch(arguments))
            {
                return step.Fails("The emulator takes only arguments in base64 for this script");
            }

            output = new ScriptPlay(site.Estate, (action, target) => call with { Action = action, Target = target }).Play(ours, host.Id, ScriptPlay.Values(arguments));
        }
        else if (name.Equals(ScriptShelf.Hello, StringComparison.OrdinalIgnoreCase))
        {
            site.Estate.Do(call, _ => new RestCalled("RunScript", name, 0));
            output = $"hello {arguments}\n";
        }
        else
        {
            errors = "The emulator runs no PowerShell; it plays this connector's own scripts.";
        }

        var result = new JsonObject { ["script_name"] = name, ["exit_code"] = errors.Length > 0 ? 1 : 0, ["script_output"] = output, ["script_errors"] = errors };
        return step.Completes(Encoding.UTF8.GetBytes(result.ToJsonString(VendorJson.Snake)));
    }

    private bool Fetch(Host host, LiveStep step, string path, EffectBy call)
    {
        var file = site.Estate.Read(_ => Resolved(host, path) is { } real ? host.Files.Find(real) : null);
        if (file is null)
        {
            return step.Fails($"{path} was not found");
        }

        site.Estate.Do(call with { Action = "edr.collect_file", Target = $"{host.Hostname}:{file.Path}" }, _ => new FileFetched(host.Id, file.Path, file.Sha256));
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(file.Name).Open();
            entry.Write(Encoding.UTF8.GetBytes(file.Content));
        }

        return step.Completes(packed.ToArray(), "application/zip");
    }

    private static string? Resolved(Host host, string path)
    {
        try
        {
            return host.Files.Resolve(path).Path;
        }
        catch (ActionFailure)
        {
            return null;
        }
    }

    private Task LinkAsync(HttpContext http)
    {
        var order = book.All().FirstOrDefault(one => one.Id == http.Request.RouteValues["id"]?.ToString());
        return Asked().Match(http.Request.RouteValues["function"]?.ToString() ?? string.Empty) is { Success: true } asked
            && int.Parse(asked.Groups[1].Value, CultureInfo.InvariantCulture) is var index && order?.Commands.ElementAtOrDefault(index)?.Result is not null
            ? answers.EntityAsync(http, "Edm.String", new JsonObject { ["value"] = new Uri(site.Url, $"{Storage[1..]}/{order.Id}/{index}/{EmulatorSite.NewSecret()}").ToString() })
            : answers.ErrorAsync(http, 404, "ResourceNotFound", "The command has no result");
    }

    private async Task ResultAsync(HttpContext http, int index)
    {
        var step = book.All().FirstOrDefault(one => one.Id == http.Request.RouteValues["id"]?.ToString())?.Commands.ElementAtOrDefault(index);
        if (step?.Result is not { } result || http.Request.Headers.Authorization.Count > 0)
        {
            // Blob storage refuses a token that is not its own beside a signed link.
            http.Response.StatusCode = step?.Result is null ? 404 : 400;
            return;
        }

        http.Response.ContentType = step.MediaType;
        await http.Response.Body.WriteAsync(result);
    }

    private static string? Parameter(JsonElement command, string key) => command.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Array
        ? list.EnumerateArray().Where(one => ODataAnswers.Text(one, "key") == key).Select(one => ODataAnswers.Text(one, "value")).FirstOrDefault() : null;

    [GeneratedRegex("^GetLiveResponseResultDownloadLink\\(index=([0-9]{1,3})\\)$")]
    private static partial Regex Asked();

    [GeneratedRegex("^(?:-[a-z_]+ [A-Za-z0-9+/=]+(?: |$))+$")]
    private static partial Regex Plain();
}
