using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Responder.Bench.Harness;

namespace Responder.Bench.Runs;

/// <summary><c>history</c>: the cost of a run and of a list's page, with few and with many finished runs in the store.</summary>
internal static class HistoryBench
{
    // A finished run as a store keeps it: its row, its journal of twelve events, its alert.
    private const string Fill = """
        PRAGMA synchronous=OFF;
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $most) INSERT INTO runs (run_id, last_seq, epoch, status, outcome, started_at, ended_at, playbook, title, definition_hash, alert_id, started_by, created_at, priority)
          SELECT printf('0old-%09d', n), 12, 1, CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'succeeded' END, 'contained', 1700000000000 + n, 1700000000500 + n, 'old-' || n % 20, 'Finished', 'sha256:00', printf('0old-%09d', n), 'alert', 1700000000000 + n, 0 FROM n;
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $most), e(e) AS (SELECT 1 UNION ALL SELECT e + 1 FROM e WHERE e < 12) INSERT INTO run_events (run_id, seq, at, type, version, payload)
          SELECT printf('0old-%09d', n), e, 1700000000000 + n, 'warning_noted', 1, '{"message":"' || printf('%.*c', 250, 'x') || '"}' FROM n, e;
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $most) INSERT INTO alerts (alert_id, source, delivery_key, received_at, status, title, severity, host, user, normal, raw)
          SELECT printf('0old-%09d', n), 'bench', 'old|' || n, 1700000000000 + n, 'accepted', 'Finished', 80, 'ws-' || n % 5000, 'user-' || n % 5000, printf('%.*c', 800, 'x'), printf('%.*c', 2200, 'y') FROM n;
        WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $most) INSERT INTO alert_runs (alert_id, ordinal, run_id, playbook, status)
          SELECT printf('0old-%09d', n), 0, printf('0old-%09d', n), 'old', 'started' FROM n;
        PRAGMA wal_checkpoint(TRUNCATE);
        """;

    private static readonly string[] Lists = ["/api/runs?limit=50", "/api/runs?status=failed&limit=50", "/api/runs?playbook=old-7&limit=50", "/api/alerts?limit=50", "/api/alerts?host=ws-77&limit=50", "/api/approvals?status=pending"];

    public static Command Make()
    {
        var finished = new Option<int>("--finished") { Description = "Finished runs in the store the second time; about 6 KB of disk each.", DefaultValueFactory = _ => 100_000 };
        var runs = new Option<int>("--runs") { Description = "Runs of each measurement.", DefaultValueFactory = _ => 1000 };
        var output = Results.Output();
        var command = new Command("history", "What a run and a list's page cost with few and with many finished runs in the store.") { finished, runs, output };
        command.SetAction(async (parse, cancel) =>
        {
            await using var stub = await Stub.StartAsync(cancel);
            await using var program = await MeasuredResponder.StartAsync(null, "sqlite", stub.Address, "repeat", counted: false, cancel);
            var rounds = new Rounds(program, stub, cancel);
            await rounds.InFlightAsync(8, 300);
            var few = await MeasureAsync(program, rounds, 300, parse.GetValue(runs));
            await program.Process.KillAsync();
            await FillAsync(Path.Combine(program.Process.Data, "responder.db"), parse.GetValue(finished), cancel);
            await program.Process.StartAsync(cancel);
            await rounds.InFlightAsync(8, 300);
            var many = await MeasureAsync(program, rounds, parse.GetValue(finished), parse.GetValue(runs));
            Results.Print(parse.GetValue(output)!, $"history, processor time of a run {many.CpuMsPerRun / few.CpuMsPerRun:0.00} times that with few", [few, many]);
            return many.NotExact + few.NotExact == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<HistoryRow> MeasureAsync(MeasuredResponder program, Rounds rounds, int finished, int runs)
    {
        var row = await rounds.InFlightAsync(16, runs);
        var pages = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var list in Lists)
        {
            var times = new Latency();
            for (var again = 0; again < 20; again++)
            {
                var begun = Stopwatch.GetTimestamp();
                (await program.Process.Api.GetAsync(new Uri(list, UriKind.Relative))).EnsureSuccessStatusCode().Dispose();
                times.Add(begun, Stopwatch.GetTimestamp());
            }

            pages[list] = times.At(0.5);
        }

        var slowest = pages.MaxBy(page => page.Value);
        return new HistoryRow(finished, row.RunsPerSecond, row.CpuMsPerRun, row.FirstP50, row.NotExact, slowest.Value, slowest.Key, program.Process.ReadySeconds);
    }

    private static Task FillAsync(string file, int finished, CancellationToken cancel) => Task.Run(
        () =>
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var fill = connection.CreateCommand();
#pragma warning disable CA2100 // A number of ours.
            fill.CommandText = Fill.Replace("$most", finished.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
#pragma warning restore CA2100
            fill.CommandTimeout = 0;
            fill.ExecuteNonQuery();
        },
        cancel);
}

/// <summary>The cost with so many finished runs; times in milliseconds.</summary>
internal sealed record HistoryRow(int Finished, double RunsPerSecond, double CpuMsPerRun, double FirstP50, int NotExact, double SlowestPageP50, string SlowestPage, double ReadySeconds);
