using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting.Containment;
using Responder.Hosting.Views;
using Responder.Sdk;

namespace Responder.Cli.Desk;

/// <summary>A server, by its API.</summary>
internal sealed class ServerDesk : IDesk
{
    private readonly HttpClient _http;

    public ServerDesk(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<Page<RunListItem>> RunsAsync(int limit, CancellationToken cancel) => (await GetAsync<Page<RunListItem>>($"/api/runs?limit={limit}", cancel))!;

    public Task<RunView?> RunAsync(string runId, CancellationToken cancel) => GetAsync<RunView>($"/api/runs/{Uri.EscapeDataString(runId)}", cancel);

    public Task<string?> ReportAsync(string runId, string format, CancellationToken cancel) =>
        TextAsync($"/api/runs/{Uri.EscapeDataString(runId)}/report", format switch { "html" => "text/html", "json" => "application/json", _ => "text/markdown" }, cancel);

    public Task<string?> GraphAsync(string runId, CancellationToken cancel) => TextAsync($"/api/runs/{Uri.EscapeDataString(runId)}/graph", "image/svg+xml", cancel);

    public async Task<bool> EvidenceAsync(string runId, Stream to, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{Uri.EscapeDataString(runId)}/evidence");
        using var response = await SendAsync(request, cancel, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        await CheckAsync(response, cancel);
        await response.Content.CopyToAsync(to, cancel);
        return true;
    }

    public Task<SignalResult> CancelAsync(string runId, string? reason, CancellationToken cancel) =>
        PostAsync($"/api/runs/{Uri.EscapeDataString(runId)}/cancel", new { reason }, cancel);

    public Task<SignalResult> ResumeAsync(string runId, CancellationToken cancel) => PostAsync($"/api/runs/{Uri.EscapeDataString(runId)}/resume", new { }, cancel);

    public async Task<AutoAnswer> AutoOfAsync(string runId, CancellationToken cancel)
    {
        var journal = await GetAsync<Page<JsonElement>>($"/api/runs/{Uri.EscapeDataString(runId)}/events?limit=1", cancel) ?? throw Verbs.RunsVerb.NoRun(runId);
        return ((RunCreated)Entry(journal.Items[0]).Event).Auto;
    }

    public async IAsyncEnumerable<RunNews> FollowAsync(string runId, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = 0L;
        while (true)
        {
            var before = seen;
            await foreach (var entry in ReadStreamAsync(runId, seen, cancel))
            {
                seen = entry.Seq;

                // Events say what happened; how the run stands after those that stop it, the run itself says.
                yield return new RunNews([entry], entry.Event is GateAsked or StepInDoubt or RunHeld or RunEnded ? await StatusAsync(runId, cancel) : null);
            }

            // A server that was stopped, or a line that broke, ends the stream too.
            var status = await StatusAsync(runId, cancel);
            yield return new RunNews([], status);
            if (status.IsEnd())
            {
                yield break;
            }

            if (seen == before)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }
    }

    /// <summary>Starts a run on the server.</summary>
    /// <param name="order">The body of <c>POST /api/runs</c>.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync<T>(T order, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/runs") { Content = JsonContent.Create(order, options: Json.Options) };
        using var response = await SendAsync(request, cancel);
        await CheckAsync(response, cancel);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("run_id").GetString()!;
    }

    /// <summary><c>mock</c> or <c>configured</c>.</summary>
    public async Task<string> ModeAsync(CancellationToken cancel) => (await GetAsync<JsonNode>("/api/connectors", cancel))!["mode"]!.GetValue<string>();

    /// <summary>The hash of a playbook's text as the server has it; null where it has none of that id.</summary>
    public async Task<string?> HashOfAsync(string playbook, CancellationToken cancel) =>
        (await GetAsync<JsonNode>($"/api/playbooks/{Uri.EscapeDataString(playbook)}", cancel))?["playbook"]!["hash"]!.GetValue<string>();

    public async Task<Page<ApprovalRow>> ApprovalsAsync(string? runId, CancellationToken cancel) =>
        (await GetAsync<Page<ApprovalRow>>($"/api/approvals?status=pending&limit=200{(runId is null ? string.Empty : $"&run_id={Uri.EscapeDataString(runId)}")}", cancel))!;

    public Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => GetAsync<ApprovalRow>($"/api/approvals/{Uri.EscapeDataString(id)}", cancel);

    public Task<SignalResult> AnswerAsync(ApprovalRow shown, string choice, JsonElement? fields, string? comment, CancellationToken cancel) =>
        PostAsync($"/api/approvals/{Uri.EscapeDataString(shown.Id)}", new { choice, fields, comment, hash = shown.Gate.Hash }, cancel);

    public Task<UndoView?> UndoPlanAsync(string runId, CancellationToken cancel) => GetAsync<UndoView>($"/api/runs/{Uri.EscapeDataString(runId)}/undo", cancel);

    public async Task<(string? RunId, string? WhyNot)> UndoAsync(UndoOrder order, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/runs/{Uri.EscapeDataString(order.RunId)}/undo") { Content = JsonContent.Create(new { order.Reason }, options: Json.Options) };
        using var response = await SendAsync(request, cancel);
        return response.IsSuccessStatusCode
            ? ((await response.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("run_id").GetString(), null)
            : (null, await WhyAsync(response, cancel));
    }

    public async Task<Page<AuditRecord>> AuditAsync(AuditFilter filter, CancellationToken cancel)
    {
        (string Name, string? Value)[] query =
        [
            ("kind", filter.Kind), ("by", filter.By), ("run_id", filter.RunId), ("since", filter.Since is { } since ? Json.Time(since) : null), ("until", filter.Until is { } until ? Json.Time(until) : null),
            ("limit", filter.Limit.ToString(CultureInfo.InvariantCulture)), ("cursor", filter.Cursor),
        ];
        return (await GetAsync<Page<AuditRecord>>($"/api/audit?{string.Join('&', query.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"))}", cancel))!;
    }

    public async Task<Verbs.SwitchState> KillSwitchAsync(CancellationToken cancel) => (await GetAsync<Verbs.SwitchState>("/api/kill-switch", cancel))!;

    public async Task SetKillSwitchAsync(string scope, string name, bool on, string reason, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/kill-switch") { Content = JsonContent.Create(new { on, scope, name, reason }, options: Json.Options) };
        using var response = await SendAsync(request, cancel);
        await CheckAsync(response, cancel);
    }

    public async Task<IReadOnlyList<ContainmentView>> ContainmentAsync(CancellationToken cancel) => (await GetAsync<Contained>("/api/containment", cancel))!.Items;

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<RunStatus> StatusAsync(string runId, CancellationToken cancel) => (await RunAsync(runId, cancel) ?? throw Verbs.RunsVerb.NoRun(runId)).Status;

    private async IAsyncEnumerable<JournalEntry> ReadStreamAsync(string runId, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{Uri.EscapeDataString(runId)}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("Last-Event-ID", after.ToString(CultureInfo.InvariantCulture));
        using var response = await SendAsync(request, cancel, HttpCompletionOption.ResponseHeadersRead);
        await CheckAsync(response, cancel);
        await using var events = SseParser.Create(await response.Content.ReadAsStreamAsync(cancel)).EnumerateAsync(cancel).GetAsyncEnumerator(cancel);
        while (true)
        {
            try
            {
                if (!await events.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (IOException)
            {
                yield break;
            }

            yield return Entry(JsonSerializer.Deserialize<JsonElement>(events.Current.Data));
        }
    }

    private static JournalEntry Entry(JsonElement sent) => JournalCodec.Read(new StoredEvent(
        sent.GetProperty("seq").GetInt64(), sent.GetProperty("at").GetDateTimeOffset(), sent.GetProperty("type").GetString()!, JournalCodec.Version,
        JsonSerializer.SerializeToUtf8Bytes(sent.GetProperty("data"))));

    private async Task<string?> TextAsync(string path, string type, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        using var response = await SendAsync(request, cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await CheckAsync(response, cancel);
        return await response.Content.ReadAsStringAsync(cancel);
    }

    private async Task<T?> GetAsync<T>(string path, CancellationToken cancel)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await CheckAsync(response, cancel);
        return await response.Content.ReadFromJsonAsync<T>(Json.Options, cancel);
    }

    private async Task<SignalResult> PostAsync<T>(string path, T body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: Json.Options) };
        using var response = await SendAsync(request, cancel);
        return response.IsSuccessStatusCode ? SignalResult.Taken : new SignalResult(
            response.StatusCode switch
            {
                HttpStatusCode.NotFound => SignalStatus.NotFound,
                HttpStatusCode.Forbidden => SignalStatus.Forbidden,
                HttpStatusCode.Conflict => SignalStatus.Conflict,
                HttpStatusCode.ServiceUnavailable => SignalStatus.Unavailable,
                _ => SignalStatus.Invalid,
            },
            await WhyAsync(response, cancel));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        try
        {
            return await _http.SendAsync(request, until, cancel);
        }
        catch (HttpRequestException exception)
        {
            throw new BadInputException($"{_http.BaseAddress} does not answer: {exception.Message} Is the server running? Its address is --server or RESPONDER_SERVER.");
        }
    }

    private static async Task CheckAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new BadInputException(response.StatusCode == HttpStatusCode.Unauthorized
                ? "The server does not know the API key. Set RESPONDER_API_KEY."
                : await WhyAsync(response, cancel));
        }
    }

    private static async Task<string> WhyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancel);
            return problem.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String ? detail.GetString()! : $"The server answered {(int)response.StatusCode}.";
        }
        catch (JsonException)
        {
            return $"The server answered {(int)response.StatusCode}.";
        }
    }

    private sealed record Contained(IReadOnlyList<ContainmentView> Items);
}
