using System.CommandLine;
using Responder.Bench.Harness;

namespace Responder.Bench.Runs;

/// <summary><c>start</c>: how soon the program is ready on a fresh data folder, and what it holds before the first alert.</summary>
internal static class StartBench
{
    public static Command Make()
    {
        var starts = new Option<int>("--starts") { Description = "How often.", DefaultValueFactory = _ => 5 };
        var playbooks = new Option<string>("--playbooks") { Description = "The playbooks' folder.", DefaultValueFactory = _ => "playbooks" };
        var rest = new Option<int>("--rest") { Description = "Seconds from ready until memory is read.", DefaultValueFactory = _ => 5 };
        var program = new Option<string?>("--program") { Description = "The program's assembly, of a publish; that of this build where not said." };
        var most = new Option<int?>("--most-mb") { Description = "Exit 1 where the median at rest is more." };
        var output = Results.Output();
        var command = new Command("start", "Time until ready and memory at rest, with the mock connectors, on a fresh data folder each time.") { starts, playbooks, rest, program, most, output };
        command.SetAction(async (parse, cancel) =>
        {
            var found = new List<Started>();
            for (var one = 0; one < parse.GetValue(starts); one++)
            {
                found.Add(await MeasureAsync(parse.GetValue(program), parse.GetValue(playbooks)!, TimeSpan.FromSeconds(parse.GetValue(rest)), cancel));
            }

            Results.Print(parse.GetValue(output)!, "start and memory at rest", found);
            return parse.GetValue(most) is { } megabytes && found.Select(row => row.RestMb).Order().ElementAt(found.Count / 2) > megabytes ? 1 : 0;
        });
        return command;
    }

    private static async Task<Started> MeasureAsync(string? program, string playbooks, TimeSpan rest, CancellationToken cancel)
    {
        await using var server = new ServerProcess(program, "--connectors", "mock");
        await server.WritePlaybooksAsync(
            Directory.GetDirectories(playbooks).Where(one => File.Exists(Text(one))).ToDictionary(one => Path.GetFileName(one), one => File.ReadAllText(Text(one)), StringComparer.Ordinal), cancel);
        await server.StartAsync(cancel);
        await Task.Delay(rest, cancel);
        var memory = server.Memory;
        return new Started(server.ReadySeconds, server.ReadyCpuMilliseconds, memory.All, memory.Own, memory.Files, server.PeakMegabytes);
    }

    private static string Text(string playbook) => Path.Combine(playbook, "playbook.yaml");

    private sealed record Started(double ReadySeconds, double ReadyCpuMs, long RestMb, long OwnMb, long FilesMb, long PeakMb);
}
