using System.Collections.Concurrent;
using System.Text.Json;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>
/// Real Time Response: one session a host at a time. Falcon gives a client its open session on the host again, so two users of one would end
/// each other's; therefore they take turns here. Nothing is ever queued for an offline host.
/// </summary>
internal sealed class RtrDesk(FalconClient falcon, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a session, lets it be used and closes it.</summary>
    /// <exception cref="ActionFailure">Offline where the host is not connected.</exception>
    public async Task<T> UseAsync<T>(ScriptHost host, Func<RtrSession, Task<T>> use, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(host.Id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancel);
        try
        {
            var session = new RtrSession(falcon, time, host, await OpenAsync(host, cancel));
            try
            {
                return await use(session);
            }
            finally
            {
                await session.CloseAsync();
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The commands of our own sessions on a host, newest first, closed sessions included: what did we order there?</summary>
    public async Task<IReadOnlyList<RtrLogLine>> LogAsync(string host, CancellationToken cancel)
    {
        var found = await falcon.GetAsync("/real-time-response/queries/sessions/v1", cancel, ("filter", $"{Fql.Is("aid", host)}+user_id:'@me'"), ("sort", "created_at|desc"), ("limit", "50"));
        var ids = found.Json.TryGetProperty("resources", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(id => id.GetString()!).ToList() : [];
        if (ids.Count == 0)
        {
            return [];
        }

        var answer = await falcon.Rest.ReadAsync(new RestRequest("/real-time-response/entities/sessions/GET/v1", Method.Post).WithJson(new { ids }), cancel);
        var sessions = answer.Read<FalconEnvelope<RtrSessionRecord>>(VendorJson.Snake).Resources ?? [];
        return [.. sessions.SelectMany(session => (session.Logs ?? []).Select(log => log with { SessionId = session.Id })).OrderByDescending(log => log.CreatedAt)];
    }

    private async Task<string> OpenAsync(ScriptHost host, CancellationToken cancel)
    {
        try
        {
            var answer = await falcon.Rest.ReadAsync(
                new RestRequest("/real-time-response/entities/sessions/v1", Method.Post).WithQuery("timeout", "30").WithJson(new { device_id = host.Id, queue_offline = false, origin = "responder" }),
                cancel);
            return answer.Json.GetProperty("resources")[0].GetProperty("session_id").GetString()!;
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.Offline)
        {
            throw new ActionFailure(FailureKind.Offline, $"{host.Hostname} is not connected to Falcon ({failure.Code}). It is tried again when it is back.", failure) { Code = failure.Code, TraceId = failure.TraceId };
        }
    }
}

/// <summary>One of our sessions, as Falcon remembers it.</summary>
internal sealed record RtrSessionRecord(string? Id, IReadOnlyList<RtrLogLine>? Logs);

/// <summary>One command of a session.</summary>
internal sealed record RtrLogLine(string? BaseCommand, string? CommandString, string? CloudRequestId, DateTimeOffset? CreatedAt, string? SessionId = null);
