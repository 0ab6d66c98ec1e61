using System.Diagnostics;
using System.Text.Json;

namespace Responder.Tests.Servers;

/// <summary>Waiting, bounded in time, for what a server's runs come to.</summary>
internal static class Settling
{
    /// <summary>Every run's status, once each has ended or waits for a person.</summary>
    /// <param name="server">Whom to ask.</param>
    /// <param name="runs">How many there are.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="also">One more status that settles a run: <c>waiting</c>, where people are asked.</param>
    public static async Task<List<string>> SettledAsync(this ServingProgram server, int runs, TimeSpan patience, string? also = null)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(250))
        {
            var statuses = (await server.GetAsync("/api/runs?limit=500")).GetProperty("items").EnumerateArray().Select(run => run.GetProperty("status").GetString()!).ToList();
            if (statuses.Count >= runs && statuses.TrueForAll(status => status is "succeeded" or "failed" or "in_doubt" or "cancelled" || status == also))
            {
                return statuses;
            }

            if (waited.Elapsed > patience)
            {
                throw new TimeoutException($"Of {runs} runs after {patience.TotalSeconds} s: {string.Join(", ", statuses.CountBy(one => one).Select(one => $"{one.Value} {one.Key}"))}");
            }
        }
    }

    /// <summary>Until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Delay(50))
        {
            if (waited.Elapsed > patience)
            {
                throw new TimeoutException($"It did not come about within {patience.TotalSeconds} s.");
            }
        }
    }

    /// <summary>Until something holds.</summary>
    public static Task UntilAsync(Func<bool> holds, TimeSpan patience) => UntilAsync(() => Task.FromResult(holds()), patience);

    /// <summary>The id of the run of an alert.</summary>
    public static async Task<string> RunOfAsync(this ServingProgram server, object alert)
    {
        using var content = new StringContent(JsonSerializer.Serialize(alert), System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Api.PostAsync(new Uri("/api/alerts/generic", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        var receipt = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        return receipt.GetProperty("results")[0].GetProperty("runs")[0].GetProperty("run_id").GetString()!;
    }
}
