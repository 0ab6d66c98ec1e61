using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Responder.Sdk;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.Splunk.Client;

/// <summary>Splunk's management API: search jobs under an id of our own, and updates of notables.</summary>
internal sealed class SplunkClient(SplunkSettings settings, TimeProvider time, ILogger log) : IDisposable
{
    private const string Jobs = "services/search/v2/jobs";
    private const int PageSize = 1000;

    private readonly RestConnection _rest = new(
        new RestSettings { Product = "Splunk", BaseAddress = settings.Url, Auth = FixedAuth.Bearer(settings.Token), Timeout = settings.Timeout, CaFile = settings.CaFile, Concurrency = 8 },
        new SplunkDialect(), time, log);

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancel) => (await _rest.ReadAsync(Json(path, Method.Get), cancel)).Json;

    /// <summary>Runs a search to its end and reads its rows.</summary>
    /// <param name="query">SPL; beginning with a command where it begins with <c>|</c>, else with terms.</param>
    /// <param name="sid">The job's id: a second order under it finds the job of the first.</param>
    /// <param name="earliest">From when; all time where null.</param>
    /// <param name="latest">Until when; now where null.</param>
    /// <param name="limit">At most so many rows.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<IReadOnlyList<JsonElement>> SearchAsync(string query, string sid, DateTimeOffset? earliest, DateTimeOffset? latest, int limit, CancellationToken cancel)
    {
        var text = query.TrimStart();
        var order = Json(Jobs, Method.Post)
            .WithForm("search", text.StartsWith('|') || text.StartsWith("search ", StringComparison.OrdinalIgnoreCase) ? text : "search " + text)
            .WithForm("id", sid).WithForm("exec_mode", "normal").WithForm("earliest_time", Time(earliest) ?? "0").WithForm("latest_time", Time(latest))
            .WithForm("max_count", Math.Max(limit, 1).ToString(CultureInfo.InvariantCulture));

        // A read, for all that it is a POST: the id makes a second one harmless.
        await _rest.ReadAsync(order, cancel, new RestCallOptions { Accept = [409] });
        await DoneAsync(sid, cancel);
        return await RowsAsync(sid, limit, cancel);
    }

    /// <summary>The rows of a job that has ended.</summary>
    /// <param name="sid">The job's id, good in a path.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">Splunk keeps no such job, or it still runs.</exception>
    public async Task<IReadOnlyList<JsonElement>> RowsAsync(string sid, int limit, CancellationToken cancel)
    {
        var rows = new List<JsonElement>();
        while (rows.Count < limit)
        {
            var page = Math.Min(PageSize, limit - rows.Count);
            var answer = await _rest.ReadAsync(
                Json($"{Jobs}/{Uri.EscapeDataString(sid)}/results", Method.Get).WithQuery("count", page.ToString(CultureInfo.InvariantCulture)).WithQuery("offset", rows.Count.ToString(CultureInfo.InvariantCulture)), cancel);
            var found = answer.Status == 204 ? throw new ActionFailure(FailureKind.Transient, $"Splunk's search '{sid}' has not ended yet.") : answer.Json.GetProperty("results").EnumerateArray().Select(row => row.Clone()).ToList();
            rows.AddRange(found);
            if (found.Count < page)
            {
                break;
            }
        }

        return rows;
    }

    /// <summary>Updates a notable; once. Without a step's context outside a run.</summary>
    public Task<RestAnswer> UpdateAsync(string id, string? status, string? owner, string? comment, ActionContext? context, CancellationToken cancel)
    {
        var request = Json("services/notable_update", Method.Post).WithForm("ruleUIDs", id).WithForm("status", status).WithForm("newOwner", owner).WithForm("comment", comment);
        return context is null ? _rest.ReadAsync(request, cancel, new RestCallOptions { Once = true }) : _rest.ActAsync(request, context);
    }

    public void Dispose() => _rest.Dispose();

    private static RestRequest Json(string path, Method method) => new RestRequest(path, method).WithQuery("output_mode", "json");

    private static string? Time(DateTimeOffset? time) => time?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private async Task DoneAsync(string sid, CancellationToken cancel)
    {
        for (var wait = TimeSpan.FromMilliseconds(250); ; wait = wait < TimeSpan.FromSeconds(4) ? wait * 2 : wait)
        {
            var job = (await GetAsync($"{Jobs}/{sid}", cancel)).GetProperty("entry")[0].GetProperty("content");
            if (job.TryGetProperty("isFailed", out var failed) && failed.ValueKind == JsonValueKind.True)
            {
                throw new ActionFailure(FailureKind.Invalid, $"Splunk could not run the search: {(job.TryGetProperty("messages", out var messages) ? messages.ToString() : "it does not say why")}");
            }

            if (job.GetProperty("isDone").ValueKind == JsonValueKind.True)
            {
                return;
            }

            await Task.Delay(wait, time, cancel);
        }
    }
}
