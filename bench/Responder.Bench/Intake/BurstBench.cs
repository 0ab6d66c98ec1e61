using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Responder.Bench.Harness;

namespace Responder.Bench.Intake;

/// <summary><c>burst</c>: a storm of alerts of few hosts, with the process killed in the middle of it: one run a host, and every alert there afterwards.</summary>
internal static class BurstBench
{
    public static Command Make()
    {
        var alerts = new Option<int>("--alerts") { Description = "Alerts in all.", DefaultValueFactory = _ => 10_000 };
        var hosts = new Option<int>("--hosts") { Description = "Hosts that they are of.", DefaultValueFactory = _ => 50 };
        var batch = new Option<int>("--batch") { Description = "Alerts a delivery.", DefaultValueFactory = _ => 10 };
        var senders = new Option<int>("--senders") { Description = "Senders at once.", DefaultValueFactory = _ => 16 };
        var kills = new Option<int>("--kills") { Description = "How often the process is killed, spread over the storm.", DefaultValueFactory = _ => 1 };
        var output = Results.Output();
        var command = new Command("burst", "A storm of alerts through SIGKILL; exit 1 where an alert was lost or a run was too many.") { alerts, hosts, batch, senders, kills, output };
        command.SetAction(async (parse, cancel) =>
        {
            var row = await MeasureAsync(parse.GetValue(alerts), parse.GetValue(hosts), parse.GetValue(batch), parse.GetValue(senders), parse.GetValue(kills), cancel);
            Results.Print(parse.GetValue(output)!, "burst", [row]);
            return row.Lost == 0 && row.Runs == row.Hosts && row.RunsEnded == row.Hosts ? 0 : 1;
        });
        return command;
    }

    private static async Task<Row> MeasureAsync(int alerts, int hosts, int batch, int senders, int kills, CancellationToken cancel)
    {
        await using var server = await ServerProcess.StartAsync(SamplePlaybooks.Make(5), cancel);
        var (sender, clock, next, acknowledged) = (new Sender(server), Stopwatch.StartNew(), 0, 0);
        var killing = KillAsync();
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Add(ref next, batch) - batch is var first && first < alerts)
                {
                    await sender.DeliverAsync(SampleAlerts.Body("burst", first, Math.Min(batch, alerts - first), hosts), cancel);
                    Interlocked.Add(ref acknowledged, Math.Min(batch, alerts - first));
                }
            },
            cancel)));
        await killing;
        var took = clock.Elapsed;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var alert in ListAsync(server.Api, "/api/alerts", cancel))
        {
            using var whole = await server.Api.GetFromJsonAsync<JsonDocument>(new Uri($"/api/alerts/{alert.GetProperty("id").GetString()}", UriKind.Relative), cancel);
            ids.Add(whole!.RootElement.GetProperty("alert").GetProperty("source_id").GetString()!);
        }

        var (runs, ended) = await RunsAsync(server.Api, hosts, cancel);
        return new Row(alerts, hosts, kills, Math.Round(took.TotalSeconds, 1), sender.Again, alerts - ids.Count, runs, ended);

        async Task KillAsync()
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                while (Volatile.Read(ref acknowledged) < alerts * kill / (kills + 1))
                {
                    await Task.Delay(5, cancel);
                }

                await server.KillAsync();
                await server.StartAsync(cancel);
            }
        }
    }

    // The runs are counted when they are over, or when a minute has passed.
    private static async Task<(int Runs, int Ended)> RunsAsync(HttpClient api, int hosts, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(200, cancel))
        {
            var (runs, ended) = (0, 0);
            await foreach (var run in ListAsync(api, "/api/runs", cancel))
            {
                runs++;
                ended += run.GetProperty("status").GetString() == "succeeded" ? 1 : 0;
            }

            if (ended == runs && runs >= hosts || waited.Elapsed > TimeSpan.FromMinutes(1))
            {
                return (runs, ended);
            }
        }
    }

    private static async IAsyncEnumerable<JsonElement> ListAsync(HttpClient api, string route, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var page = await api.GetFromJsonAsync<JsonElement>(new Uri($"{route}?limit=500{(cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}", UriKind.Relative), cancel);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                yield return item;
            }

            cursor = page.TryGetProperty("next", out var after) && after.ValueKind == JsonValueKind.String ? after.GetString() : null;
        }
        while (cursor is not null);
    }

    private sealed record Row(int Alerts, int Hosts, int Kills, double Seconds, int SentAgain, int Lost, int Runs, int RunsEnded);
}
