using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Emulator;

/// <summary>Real Time Response: sessions that lapse, commands whose output comes in numbered pages, files that a host uploaded.</summary>
internal sealed class RtrRoutes(EmulatorSite site, TimeSpan takes, IReadOnlySet<string> unlisted)
{
    private const string Root = "/real-time-response";
    private const int PageLength = 40_000;
    private static readonly TimeSpan Lapses = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Command> _commands = new(StringComparer.Ordinal);

    public void Map(WebApplication app)
    {
        app.MapPost($"{Root}/entities/sessions/v1", OpenAsync);
        app.MapPost($"{Root}/entities/refresh-session/v1", OpenAsync);
        app.MapDelete($"{Root}/entities/sessions/v1", Close);
        app.MapGet($"{Root}/queries/sessions/v1", QueryAsync);
        app.MapPost($"{Root}/entities/sessions/GET/v1", SessionsAsync);
        foreach (var role in (string[])["command", "active-responder-command", "admin-command"])
        {
            app.MapPost($"{Root}/entities/{role}/v1", http => OrderAsync(http, role));
            app.MapGet($"{Root}/entities/{role}/v1", StatusAsync);
        }

        app.MapGet($"{Root}/entities/file/v2", FilesAsync);
        app.MapGet($"{Root}/entities/extracted-file-contents/v1", ContentAsync);
    }

    private async Task OpenAsync(HttpContext http)
    {
        var aid = Envelope.Text(await Envelope.BodyAsync(http), "device_id");
        var host = site.Estate.Read(company => company.Hosts.Values.FirstOrDefault(one => one.Id == aid));
        if (host is null)
        {
            await Envelope.ErrorAsync(http, 404, 404, "Could not find device");
            return;
        }

        if (!host.Online)
        {
            await Envelope.ErrorAsync(http, 404, 40407, "Sensor appears to be offline");
            return;
        }

        // A client has one session on a host: who opens again is given the same.
        var now = site.Time.GetUtcNow();
        var session = _sessions.Values.FirstOrDefault(one => one.Host == aid && one.Closed is null && now - one.Used < Lapses) ?? new Session(Guid.NewGuid().ToString(), aid, now);
        session.Used = now;
        _sessions[session.Id] = session;
        await Envelope.WriteAsync(http, 201, Envelope.Of([new JsonObject
        {
            ["session_id"] = session.Id, ["device_id"] = aid, ["platform"] = "windows", ["pwd"] = "C:\\", ["created_at"] = Json.Time(session.Created), ["offline_queued"] = false, ["scripts"] = new JsonArray(), ["existing_aid_sessions"] = 1,
        }]));
    }

    private Task Close(HttpContext http)
    {
        if (_sessions.TryGetValue(http.Request.Query["session_id"].ToString(), out var session) && session.Closed is null)
        {
            session.Closed = site.Time.GetUtcNow();
            http.Response.StatusCode = 204;
            return Task.CompletedTask;
        }

        return Envelope.ErrorAsync(http, 404, 404, "Session not found");
    }

    private Task QueryAsync(HttpContext http)
    {
        if (FqlFilter.Parse(http.Request.Query["filter"]) is not { } test)
        {
            return Envelope.ErrorAsync(http, 400, 400, "invalid filter");
        }

        var ids = _sessions.Values.Where(session => test(field => field switch { "aid" => [session.Host], "user_id" => ["@me"], _ => [] })).OrderByDescending(session => session.Created).Select(session => session.Id).ToList();
        return Envelope.WriteAsync(http, 200, Envelope.Of(Envelope.List(ids.Take(Envelope.Number(http, "limit", 100))), ids.Count));
    }

    private async Task SessionsAsync(HttpContext http)
    {
        var ids = Envelope.Texts(await Envelope.BodyAsync(http), "ids");
        await Envelope.WriteAsync(http, 200, Envelope.Of([.. ids.Where(_sessions.ContainsKey).Select(id => _sessions[id]).Select(session => (JsonNode)new JsonObject
        {
            ["id"] = session.Id, ["device_id"] = session.Host, ["created_at"] = Json.Time(session.Created), ["deleted_at"] = session.Closed is { } at ? Json.Time(at) : null,
            ["cloud_request_ids"] = Envelope.List(session.Commands.Select(command => command.Id)),
            ["logs"] = new JsonArray([.. session.Commands.Select(command => (JsonNode)new JsonObject
            {
                ["base_command"] = command.Base, ["command_string"] = command.Text, ["cloud_request_id"] = command.Id, ["created_at"] = Json.Time(command.At),
            })]),
        })]));
    }

    private async Task OrderAsync(HttpContext http, string role)
    {
        var body = await Envelope.BodyAsync(http);
        var (name, text) = (Envelope.Text(body, "base_command"), Envelope.Text(body, "command_string"));
        if (!_sessions.TryGetValue(Envelope.Text(body, "session_id"), out var session))
        {
            await Envelope.ErrorAsync(http, 400, 400, "session_id is required");
            return;
        }

        var now = site.Time.GetUtcNow();
        if (session.Closed is not null || now - session.Used >= Lapses)
        {
            await Envelope.ErrorAsync(http, 404, 40002, "Could not find existing session");
            return;
        }

        var host = site.Estate.Read(company => company.Host(session.Host));
        if (!host.Online)
        {
            await Envelope.ErrorAsync(http, 404, 40401, "Could not establish sensor comms");
            return;
        }

        if (new HostShell(site, http, unlisted).Run(host, role, name, text) is not { } printed)
        {
            await Envelope.ErrorAsync(http, 400, 40006, "Command is not valid");
            return;
        }

        session.Used = now;
        var command = new Command(Guid.NewGuid().ToString(), session.Id, name, text, now, printed);
        _commands[command.Id] = command;
        session.Commands.Add(command);
        await Envelope.WriteAsync(http, 201, Envelope.Of([new JsonObject { ["session_id"] = session.Id, ["cloud_request_id"] = command.Id, ["queued_command_offline"] = false }]));
    }

    private Task StatusAsync(HttpContext http)
    {
        if (!_commands.TryGetValue(http.Request.Query["cloud_request_id"].ToString(), out var command))
        {
            return Envelope.ErrorAsync(http, 404, 404, "Could not find the command");
        }

        // What a command prints after its session lapsed is lost.
        var over = command.At + takes;
        if (site.Time.GetUtcNow() >= over && _sessions.TryGetValue(command.Session, out var session) && over - session.Used >= Lapses)
        {
            return Envelope.ErrorAsync(http, 404, 40002, "Could not find existing session");
        }

        var number = Envelope.Number(http, "sequence_id", 0);
        var pages = command.Printed.Stdout.Chunk(PageLength).Select(page => new string(page)).ToList();
        var ready = site.Time.GetUtcNow() >= over;
        var last = number >= pages.Count - 1;
        return Envelope.WriteAsync(http, 200, Envelope.Of([new JsonObject
        {
            ["session_id"] = command.Session, ["task_id"] = command.Id, ["base_command"] = command.Base, ["complete"] = ready && last, ["sequence_id"] = number,
            ["stdout"] = ready && number < pages.Count ? pages[number] : string.Empty, ["stderr"] = ready && last ? command.Printed.Stderr : string.Empty,
        }]));
    }

    private Task FilesAsync(HttpContext http)
    {
        var session = http.Request.Query["session_id"].ToString();
        return Envelope.WriteAsync(http, 200, Envelope.Of([.. _commands.Values.Where(command => command.Session == session && command.Printed.File is not null).Select(command => (JsonNode)new JsonObject
        {
            ["id"] = command.Id, ["session_id"] = session, ["cloud_request_id"] = command.Id, ["name"] = command.Printed.File!.Path, ["sha256"] = command.Printed.File.Sha256, ["size"] = command.Printed.File.Size, ["complete"] = true,
        })]));
    }

    private async Task ContentAsync(HttpContext http)
    {
        var (session, hash) = (http.Request.Query["session_id"].ToString(), http.Request.Query["sha256"].ToString());
        if (_commands.Values.FirstOrDefault(command => command.Session == session && command.Printed.File?.Sha256 == hash) is not { Printed.File: { } file })
        {
            await Envelope.ErrorAsync(http, 404, 404, "file not found");
            return;
        }

        http.Response.ContentType = "application/x-7z-compressed";
        await http.Response.Body.WriteAsync(SevenZip.Pack(file.Name, System.Text.Encoding.UTF8.GetBytes(file.Content)));
    }

    private sealed class Session(string id, string host, DateTimeOffset created)
    {
        public string Id { get; } = id;

        public string Host { get; } = host;

        public DateTimeOffset Created { get; } = created;

        public DateTimeOffset Used { get; set; } = created;

        public DateTimeOffset? Closed { get; set; }

        public ConcurrentBag<Command> Commands { get; } = [];
    }

    private sealed record Command(string Id, string Session, string Base, string Text, DateTimeOffset At, Printed Printed);
}

/// <summary>What a command printed, and the file that it uploaded.</summary>
internal sealed record Printed(string Stdout, string Stderr = "", HostFile? File = null);
