using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace Responder.Bench.Micro;

/// <summary><c>micro</c>: the pieces of the hot path by BenchmarkDotNet, in this process (a program of its own would be built in a place that this build does not have).</summary>
internal static class MicroBench
{
    public static Command Make()
    {
        var dry = new Option<bool>("--dry") { Description = "Each once: only to see that all of them work." };
        var command = new Command("micro", "Fold, Next, expression, validation and matching, with times and allocations of each (BenchmarkDotNet, a short job).") { dry };
        command.SetAction(parse =>
        {
            var job = (parse.GetValue(dry) ? Job.Dry : Job.ShortRun).WithToolchain(InProcessNoEmitToolchain.Instance);
            var config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "responder-bench-micro"));
            return BenchmarkRunner.Run<HotPath>(config) is { HasCriticalValidationErrors: false } summary && summary.Reports.All(report => report.Success) ? 0 : 1;
        });
        return command;
    }
}
