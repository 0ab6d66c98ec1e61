using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
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

    public Task<SignalResult> CancelAsync(string runId, string? reason, CancellationToken cancel) =>
        PostAsync($"/api/runs/{Uri.EscapeDataString(runId)}/cancel", new { reason }, cancel);

    public async Task<Page<ApprovalRow>> ApprovalsAsync(CancellationToken cancel) => (await GetAsync<Page<ApprovalRow>>("/api/approvals?status=pending&limit=200", cancel))!;

    public Task<ApprovalRow?> ApprovalAsync(string id, CancellationToken cancel) => GetAsync<ApprovalRow>($"/api/approvals/{Uri.EscapeDataString(id)}", cancel);

    public Task<SignalResult> AnswerAsync(ApprovalRow shown, string choice, JsonElement? fields, string? comment, CancellationToken cancel) =>
        PostAsync($"/api/approvals/{Uri.EscapeDataString(shown.Id)}", new { choice, fields, comment, hash = shown.Gate.Hash }, cancel);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

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
                _ => SignalStatus.Invalid,
            },
            await WhyAsync(response, cancel));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await _http.SendAsync(request, cancel);
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
}
