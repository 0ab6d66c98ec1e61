using System.CommandLine;
using System.Net;
using System.Text.Json;
using Responder.Cli.Desk;
using Responder.Engine.Access;
using Responder.Engine.Alerts;
using Responder.Hosting;
using Responder.Playbooks.Mappings;
using Responder.Sdk;
using Responder.Storage;
using Responder.Web.Access;

namespace Responder.Cli.Verbs;

/// <summary><c>responder keys create | list | revoke</c>: by the server that has the data folder, or on the folder itself.</summary>
internal static class KeysVerb
{
    private static readonly Uri Route = new("/api/keys", UriKind.Relative);

    public static Command Make() => new("keys", "Makes, lists and revokes API keys.") { Create(), List(), Revoke() };

    private static Command Create()
    {
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true };
        var scope = new Option<string[]>("--scope")
        {
            Description = $"What it may do: {string.Join(", ", Permission.All.Select(one => one.Scope))}, alerts:write:SOURCE, role:NAME, or *. Several are given one after another.",
            Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var from = new Option<string[]>("--from") { Description = "A network that it may be used from: 10.0.0.0/8.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var rate = new Option<int?>("--per-minute") { Description = "How many requests a minute it may make." };
        var signs = new Option<bool>("--signs") { Description = "Its text never travels: requests are signed with it (HMAC-SHA256; docs/alerts.md says how)." };
        var (data, server, config, output) = (Options.Data(), Desks.Server(), Options.Config(), Options.Output());
        var command = new Command("create", "Makes a key. Its text is shown here, once, and kept nowhere.\n\nExample: responder keys create --name splunk --scope alerts:write:splunk --from 10.1.0.0/16")
        {
            name, scope, from, rate, signs, data, server, config, output,
        };
        command.Does(async (parse, cancel) =>
        {
            var order = new KeyOrder(parse.GetValue(name)!, parse.GetValue(scope)!, parse.GetValue(from)!, parse.GetValue(rate), parse.GetValue(signs));
            var (row, text) = ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server)) is { } http
                ? await ByServerAsync(http, order, cancel)
                : await StoreChoice.UseAsync(parse.GetValue(data)!, parse.GetValue(config), (store, folder, settings) => MakeAsync(store, folder, settings.Values["Keys:SigningSecret"], order, cancel), cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { row.Id, row.Name, row.Scopes, row.AllowedFrom, row.PerMinute, row.Signs, key = text });
            }
            else
            {
                Console.Out.WriteLine(text);
                await Console.Error.WriteLineAsync($"The key '{row.Name}' ({row.Id}) is on the line above. It is shown this once; who has it may {string.Join(", ", row.Scopes)}.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        var (data, server, config, output) = (Options.Data(), Desks.Server(), Options.Config(), Options.Output());
        var command = new Command("list", "Lists the keys, newest first; never their text.") { data, server, config, output };
        command.Does(async (parse, cancel) =>
        {
            var keys = ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server)) is { } http
                ? await ListByServerAsync(http, cancel)
                : await StoreChoice.UseAsync(parse.GetValue(data)!, parse.GetValue(config), (store, _, _) => store.ApiKeys.ListAsync(cancel), cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { items = keys });
                return ExitCodes.Done;
            }

            foreach (var key in keys)
            {
                Console.Out.WriteLine($"{key.Id}  {key.Name,-20} {string.Join(' ', key.Scopes),-30} made {key.CreatedAt:yyyy-MM-dd} by {key.CreatedBy}, "
                    + $"{(key.RevokedAt is { } revoked ? $"revoked {revoked:yyyy-MM-dd HH:mm}Z" : key.LastUsedAt is { } used ? $"last used {used:yyyy-MM-dd HH:mm}Z" : "never used")}"
                    + $"{(key.AllowedFrom.Count > 0 ? $", from {string.Join(' ', key.AllowedFrom)}" : string.Empty)}{(key.PerMinute is { } most ? $", {most} a minute" : string.Empty)}{(key.Signs ? ", signs" : string.Empty)}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The key's id, as `keys list` shows it." };
        var (data, server, config) = (Options.Data(), Desks.Server(), Options.Config());
        var command = new Command("revoke", "Revokes a key; it is good for nothing from then on.") { id, data, server, config };
        command.Does(async (parse, cancel) =>
        {
            var key = parse.GetValue(id)!;
            var revoked = ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server)) is { } http
                ? await RevokeByServerAsync(http, key, cancel)
                : await StoreChoice.UseAsync(parse.GetValue(data)!, parse.GetValue(config), (store, _, _) => store.ApiKeys.RevokeAsync(key, LocalDesk.Me, DateTimeOffset.UtcNow, cancel), cancel);
            return revoked ? ExitCodes.Done : throw new BadInputException($"There is no key {key} in force; see: responder keys list");
        });
        return command;
    }

    private static async Task<(ApiKeyRow Row, string Text)> ByServerAsync(HttpClient http, KeyOrder order, CancellationToken cancel)
    {
        using (http)
        {
            using var response = await http.PostAsJsonAsync(Route, order, Json.Options, cancel);
            if (response.StatusCode != HttpStatusCode.Created)
            {
                throw new BadInputException(await ServerClient.ProblemAsync(response, cancel));
            }

            var made = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            return (new ApiKeyRow(made.GetProperty("id").GetString()!, order.Name, order.Scopes, string.Empty, made.GetProperty("created_at").GetDateTimeOffset())
            {
                AllowedFrom = order.AllowedFrom ?? [], PerMinute = order.PerMinute, Signs = order.Signs,
            }, made.GetProperty("key").GetString()!);
        }
    }

    private static async Task<IReadOnlyList<ApiKeyRow>> ListByServerAsync(HttpClient http, CancellationToken cancel)
    {
        using (http)
        {
            using var response = await http.GetAsync(Route, cancel);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("items").Deserialize<IReadOnlyList<ApiKeyRow>>(Json.Options)!
                : throw new BadInputException(await ServerClient.ProblemAsync(response, cancel));
        }
    }

    private static async Task<bool> RevokeByServerAsync(HttpClient http, string id, CancellationToken cancel)
    {
        using (http)
        {
            using var response = await http.DeleteAsync(new Uri($"/api/keys/{Uri.EscapeDataString(id)}", UriKind.Relative), cancel);
            return response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.NotFound ? false : throw new BadInputException(await ServerClient.ProblemAsync(response, cancel)));
        }
    }

    private static async Task<(ApiKeyRow Row, string Text)> MakeAsync(IStore store, DataFolder folder, string? signingSecret, KeyOrder order, CancellationToken cancel)
    {
        await FirstKey.EnsureAsync(store.ApiKeys, folder, new Ids(TimeProvider.System), TimeProvider.System, cancel);
        using var signing = new SigningKeys(folder, string.IsNullOrEmpty(signingSecret) ? null : signingSecret);
        var normalizer = new AlertNormalizer(BuiltInMappings.Read());
        var made = await new KeyMaker(store.ApiKeys, signing, new Ids(TimeProvider.System), TimeProvider.System).MakeAsync(order, LocalDesk.Me, normalizer.Knows, cancel);
        return made.Row is { } row ? (row, made.Text!) : throw new BadInputException(made.Problem!);
    }
}
