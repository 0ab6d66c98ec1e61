using System.Globalization;
using System.Text;
using System.Text.Json;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>How a command is sent, which decides the permission that it needs.</summary>
internal enum RtrRole
{
    /// <summary>Real time response: read.</summary>
    Command,

    /// <summary>Real time response: write.</summary>
    ActiveResponderCommand,

    /// <summary>Real time response (admin): write.</summary>
    AdminCommand,
}

/// <summary>What a command printed.</summary>
internal sealed record RtrOutput(string Stdout, string Stderr, string CloudRequestId);

/// <summary>An open session on one host. Absolute paths only: Falcon sets the folder back after each command.</summary>
internal sealed class RtrSession(FalconClient falcon, TimeProvider time, ScriptHost host, string id)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>A session lapses after ten idle minutes; a long command's results are lost earlier unless it is refreshed.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public ScriptHost Host { get; } = host;

    public string Id { get; } = id;

    /// <summary>A command that only looks: it may be sent again.</summary>
    public async Task<RtrOutput> LookAsync(RtrRole role, string command, string text, CancellationToken cancel)
    {
        var answer = await falcon.Rest.ReadAsync(Order(role, command, text), cancel);
        return await WaitAsync(role, RequestId(answer), cancel);
    }

    /// <summary>A command that acts: sent once, and its end waited for whoever cancels. A lost end is <see cref="FailureKind.Unknown"/>.</summary>
    public async Task<RtrOutput> ActAsync(RtrRole role, string command, string text, ActionContext context)
    {
        var answer = await falcon.Rest.ActAsync(Order(role, command, text), context);
        return await Ordered.FollowAsync($"{command} was sent to {Host.Hostname}", () => WaitAsync(role, RequestId(answer), CancellationToken.None));
    }

    /// <summary>Output of a command that was sent before, also in a session that is closed.</summary>
    public static Task<RtrOutput> OutputAsync(FalconClient falcon, TimeProvider time, ScriptHost host, RtrRole role, string cloudRequestId, CancellationToken cancel) =>
        new RtrSession(falcon, time, host, string.Empty).WaitAsync(role, cloudRequestId, cancel);

    public async Task CloseAsync()
    {
        try
        {
            await falcon.Rest.ReadAsync(new RestRequest("/real-time-response/entities/sessions/v1", Method.Delete).WithQuery("session_id", Id), CancellationToken.None);
        }
        catch (ActionFailure)
        {
            // It lapses by itself after ten minutes, and the next user is given the same one.
        }
    }

    private RestRequest Order(RtrRole role, string command, string text) =>
        new RestRequest(Path(role), Method.Post).WithJson(new { session_id = Id, device_id = Host.Id, base_command = command, command_string = text, id = 0, persist = false });

    private static string Path(RtrRole role) => role switch
    {
        RtrRole.Command => "/real-time-response/entities/command/v1",
        RtrRole.ActiveResponderCommand => "/real-time-response/entities/active-responder-command/v1",
        _ => "/real-time-response/entities/admin-command/v1",
    };

    private static string RequestId(RestAnswer answer) =>
        answer.Json.TryGetProperty("resources", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list[0].TryGetProperty("cloud_request_id", out var id)
            ? id.GetString()! : throw new ActionFailure(FailureKind.Unknown, $"{answer.Call} answered no cloud_request_id.");

    /// <summary>Pages of output joined by their number; a page that comes twice is taken once.</summary>
    private async Task<RtrOutput> WaitAsync(RtrRole role, string request, CancellationToken cancel)
    {
        var (stdout, stderr) = (new StringBuilder(), new StringBuilder());
        var (next, began) = (0, time.GetUtcNow());
        var pulsed = began;
        while (true)
        {
            var answer = await falcon.GetAsync(Path(role), cancel, ("cloud_request_id", request), ("sequence_id", next.ToString(CultureInfo.InvariantCulture)));
            var page = answer.Json.GetProperty("resources")[0];
            var number = page.TryGetProperty("sequence_id", out var sequence) && sequence.TryGetInt32(out var said) ? said : next;
            var (text, error) = (Text(page, "stdout"), Text(page, "stderr"));
            var came = number >= next && (text.Length > 0 || error.Length > 0);
            if (came)
            {
                stdout.Append(text);
                stderr.Append(error);
                next = number + 1;
            }

            if (page.TryGetProperty("complete", out var complete) && complete.ValueKind == JsonValueKind.True)
            {
                return new RtrOutput(stdout.ToString(), stderr.ToString().Trim(), request);
            }

            var now = time.GetUtcNow();
            if (now - began > Longest)
            {
                throw new ActionFailure(FailureKind.Unknown, $"A command on {Host.Hostname} has run for {Longest.TotalMinutes:0} minutes and gives no end.") { Code = "no_end" };
            }

            if (now - pulsed > Pulse && Id.Length > 0)
            {
                pulsed = now;
                await falcon.Rest.ReadAsync(
                    new RestRequest("/real-time-response/entities/refresh-session/v1", Method.Post).WithJson(new { device_id = Host.Id, queue_offline = false, origin = "responder" }), cancel);
            }

            if (!came)
            {
                await Task.Delay(Poll, time, cancel);
            }
        }
    }

    private static string Text(JsonElement page, string name) => page.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : string.Empty;
}
