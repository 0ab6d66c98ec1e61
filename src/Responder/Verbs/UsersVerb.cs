using System.CommandLine;
using System.Text.Json;
using Responder.Cli.Desk;
using Responder.Sdk;
using Responder.Storage;
using Responder.Web.Access;
using Responder.Web.People;

namespace Responder.Cli.Verbs;

/// <summary><c>responder users list | invite | reset | disable</c>: by the server that has the data folder, or on the folder itself.</summary>
internal static class UsersVerb
{
    private static readonly Uri Route = new("/api/users", UriKind.Relative);

    public static Command Make() => new("users", "Lists, invites, resets and disables the local accounts of people.") { List(), Invite(), Reset(), Disable() };

    private static Command List()
    {
        var (data, server, config, output) = (Options.Data(), Desks.Server(), Options.Config(), Options.Output());
        var command = new Command("list", "Lists the accounts.") { data, server, config, output };
        command.Does(async (parse, cancel) =>
        {
            var users = ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server)) is { } http
                ? (await SendAsync(http, HttpMethod.Get, Route, null, cancel)).GetProperty("items").Deserialize<IReadOnlyList<UserLine>>(Json.Options)!
                : await HereAsync(parse.GetValue(data)!, parse.GetValue(config), async (store, _) => (IReadOnlyList<UserLine>)[.. (await store.Users.ListAsync(cancel)).Select(UserLine.Of)], cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { items = users });
                return ExitCodes.Done;
            }

            foreach (var user in users)
            {
                Console.Out.WriteLine($"{user.Name,-24} {string.Join(' ', user.Roles),-24} {user.Status}{(user.LastSignInAt is { } at ? $", last signed in {at:yyyy-MM-dd HH:mm}Z" : string.Empty)}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Invite()
    {
        var role = new Option<string[]>("--role") { Description = $"What they may do: {string.Join(", ", Roles.All)}. Several are given one after another.", Required = true, AllowMultipleArgumentsPerToken = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var command = Inviting("invite", "Invites somebody: prints a link, good once and for three days, by which they choose a password.\n\nExample: responder users invite mlee --role analyst", parse => parse.GetValue(role));
        command.Options.Add(role);
        return command;
    }

    private static Command Reset() => Inviting("reset", "Gives somebody a new link; their password and sessions are over at once.", _ => null);

    private static Command Inviting(string verb, string about, Func<ParseResult, IReadOnlyList<string>?> roles)
    {
        var name = new Argument<string>("name") { Description = "The name that they sign in with." };
        var (data, server, config, output) = (Options.Data(), Desks.Server(), Options.Config(), Options.Output());
        var command = new Command(verb, about) { name, data, server, config, output };
        command.Does(async (parse, cancel) =>
        {
            var (who, given) = (parse.GetValue(name)!, roles(parse));
            var (link, until) = ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server)) is { } http
                ? Read(await SendAsync(http, HttpMethod.Post, Route, new { name = who, roles = given }, cancel))
                : await HereAsync(parse.GetValue(data)!, parse.GetValue(config), (_, accounts) => MakeAsync(accounts, who, given, cancel), cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(new { name = who, link, until });
            }
            else
            {
                Console.Out.WriteLine(link);
                await Console.Error.WriteLineAsync($"Give the link above to {who} by a way that nobody else reads. It is good once, until {until:yyyy-MM-dd HH:mm}Z, and is shown this once.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Disable()
    {
        var name = new Argument<string>("name") { Description = "The account, as `users list` shows it." };
        var (data, server, config) = (Options.Data(), Desks.Server(), Options.Config());
        var command = new Command("disable", "Disables an account and ends its sessions; `reset` brings it back.") { name, data, server, config };
        command.Does(async (parse, cancel) =>
        {
            var who = parse.GetValue(name)!;
            if (ServerClient.Find(parse.GetValue(data)!, parse.GetValue(server)) is { } http)
            {
                await SendAsync(http, HttpMethod.Post, new Uri($"/api/users/{Uri.EscapeDataString(who)}/disable", UriKind.Relative), new { }, cancel);
                return ExitCodes.Done;
            }

            return await HereAsync(parse.GetValue(data)!, parse.GetValue(config), (_, accounts) => accounts.DisableAsync(who, LocalDesk.Me, cancel), cancel)
                ? ExitCodes.Done : throw new BadInputException($"There is no account '{who}'; see: responder users list");
        });
        return command;
    }

    private static (string Link, DateTimeOffset Until) Read(JsonElement made) => (made.GetProperty("link").GetString()!, made.GetProperty("until").GetDateTimeOffset());

    private static async Task<(string Link, DateTimeOffset Until)> MakeAsync(Accounts accounts, string name, IReadOnlyList<string>? roles, CancellationToken cancel)
    {
        var made = await accounts.InviteAsync(name, roles, LocalDesk.Me, cancel);
        return made.User is { } user ? ($"http://127.0.0.1:5080{made.Path}", user.InviteUntil!.Value) : throw new BadInputException(made.Problem!);
    }

    private static async Task<JsonElement> SendAsync(HttpClient http, HttpMethod method, Uri route, object? body, CancellationToken cancel)
    {
        using (http)
        {
            using var request = new HttpRequestMessage(method, route) { Content = body is null ? null : JsonContent.Create(body, options: Json.Options) };
            using var response = await http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                throw new BadInputException(await ServerClient.ProblemAsync(response, cancel));
            }

            var text = await response.Content.ReadAsStringAsync(cancel);
            return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
        }
    }

    private static Task<T> HereAsync<T>(string data, string? config, Func<IStore, Accounts, Task<T>> work, CancellationToken cancel) =>
        StoreChoice.UseAsync(data, config, (store, _, _) => work(store, new Accounts(store.Users, store.Audit, TimeProvider.System)), cancel);

    private sealed record UserLine(string Name, IReadOnlyList<string> Roles, string Status, DateTimeOffset? LastSignInAt)
    {
        public static UserLine Of(Engine.Access.UserRow row) => new(row.Name, row.Roles, Accounts.StatusOf(row), row.LastSignInAt);
    }
}
