using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Responder.Bench.Harness;
using Responder.Bench.Intake;
using Responder.Sdk;

namespace Responder.Bench.Pages;

/// <summary><c>pages</c>: lists over many runs and approvals, pages of long runs, and what open browsers cost the server.</summary>
internal static class PagesBench
{
    private const int Batch = 100;

    public static Command Make()
    {
        var runs = new Option<int>("--runs") { Description = "Runs in the store.", DefaultValueFactory = _ => 10_000 };
        var waiting = new Option<int>("--waiting") { Description = "Of them, those that wait for an approval.", DefaultValueFactory = _ => 1_000 };
        var browsers = new Option<int>("--browsers") { Description = "Browsers on one run.", DefaultValueFactory = _ => 50 };
        var steps = new Option<int>("--steps") { Description = "Steps of the long run.", DefaultValueFactory = _ => 500 };
        var output = Results.Output();
        var command = new Command("pages", "Lists over 10,000 runs and 1,000 approvals, pages of long runs, and the memory of 50 browsers on one run. Needs Chromium (tests/browser/install.sh; RESPONDER_CHROMIUM names another).") { runs, waiting, browsers, steps, output };
        command.SetAction(async (parse, cancel) =>
        {
            await using var server = new ServerProcess(null) { Environment = { ["RESPONDER_Connections__mock__Overrides"] = PagesWork.Overrides } };
            await server.WritePlaybooksAsync(PagesWork.Playbooks(parse.GetValue(steps)), cancel);
            await server.StartAsync(cancel);
            var started = server.Megabytes;
            await FillAsync(server, PagesWork.Quick, parse.GetValue(runs) - parse.GetValue(waiting), "succeeded", cancel);
            await FillAsync(server, PagesWork.Ask, parse.GetValue(waiting), "waiting", cancel);
            var lists = await ListsAsync(server, cancel);
            Results.Print(parse.GetValue(output)!, "lists", lists);
            var (shown, memory) = await PageVisits.MeasureAsync(server, started, parse.GetValue(browsers), cancel);
            Results.Print(parse.GetValue(output)!, "pages", shown);
            Results.Print(parse.GetValue(output)!, "memory", memory);
            return lists.All(one => one.MaxMs < 200) && memory.Where(one => one.Browsers > 1).All(one => one.Megabytes < 200) ? 0 : 1;
        });
        return command;
    }

    private static async Task FillAsync(ServerProcess server, string title, int count, string status, CancellationToken cancel)
    {
        var sender = new Sender(server);
        for (var first = 0; first < count; first += Batch)
        {
            await sender.DeliverAsync(Alerts(title, first, Math.Min(Batch, count - first)), cancel);
        }

        // The last of them is no hurry: all are looked at as often as the store allows.
        while (await CountAsync(server, title, status, count, cancel) < count)
        {
            await Task.Delay(500, cancel);
        }
    }

    private static byte[] Alerts(string title, int first, int count) => JsonSerializer.SerializeToUtf8Bytes(
        Enumerable.Range(first, count).Select(number => new
        {
            source_id = $"{title}-{number}", title, time = "2026-01-01T10:00:00Z", severity_score = number % 100, attack = (string[])["T1074.001"], device = new { hostname = $"WS-{number % 500:000}" },
            user = new { email = $"user{number % 200}@company.com" },
        }), Json.Options);

    private static async Task<int> CountAsync(ServerProcess server, string playbook, string status, int enough, CancellationToken cancel)
    {
        var (count, cursor) = (0, (string?)null);
        do
        {
            var page = await server.Api.GetFromJsonAsync<JsonElement>(new Uri($"/api/runs?playbook={playbook}&status={status}&limit=500{(cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}", UriKind.Relative), cancel);
            count += page.GetProperty("items").GetArrayLength();
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && count < enough);
        return count;
    }

    private static async Task<List<ListRow>> ListsAsync(ServerProcess server, CancellationToken cancel)
    {
        var rows = new List<ListRow>();
        foreach (var path in new[]
        {
            "/api/runs?limit=50", "/api/runs?limit=500", "/api/runs?status=waiting&limit=50", "/api/runs?status=succeeded&limit=50", "/api/runs?status=failed&limit=50", "/api/runs?playbook=ask&limit=50",
            "/api/approvals?status=pending&limit=50", "/api/approvals?status=pending&limit=200", "/api/approvals?status=pending&limit=500", "/api/alerts?limit=50", "/api/alerts?host=WS-007&limit=50",
            "/api/alerts?user=user7@company.com&limit=50", "/api/alerts?technique=T1074.001&severity=90&limit=50", "/api/alerts?status=unmatched&limit=50", "/api/containment",
        })
        {
            var latency = new Latency();
            for (var time = 0; time < 53; time++)
            {
                // The first ones are the start's, not the list's.
                var measured = time < 3 ? new Latency() : latency;
                using var answer = await measured.TimeAsync(async () =>
                {
                    var response = await server.Api.GetAsync(new Uri(path, UriKind.Relative), cancel);
                    await response.Content.LoadIntoBufferAsync(cancel);
                    return response;
                });
                answer.EnsureSuccessStatusCode();
            }

            rows.Add(new ListRow(path, latency.At(.5), latency.At(.99), latency.At(1)));
        }

        return rows;
    }
}

/// <summary>How long a list took at the server, over loopback.</summary>
internal sealed record ListRow(string List, double P50Ms, double P99Ms, double MaxMs);

/// <summary>How long a page took until it was shown in a browser.</summary>
internal sealed record PageRow(string Page, double P50Ms, double MaxMs);

/// <summary>What so many browsers on a run added to the server's memory.</summary>
internal sealed record MemoryRow(string Run, int Browsers, long Megabytes, long Whole, double CpuSeconds);
