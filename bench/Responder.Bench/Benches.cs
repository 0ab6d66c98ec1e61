using System.CommandLine;
using Responder.Bench.Intake;
using Responder.Bench.Pages;
using Responder.Bench.Micro;
using Responder.Bench.Policy;
using Responder.Bench.Runs;

namespace Responder.Bench;

/// <summary>What can be measured, one command each. A new one is a class with a <c>Make</c> and a line here.</summary>
internal static class Benches
{
    public static IEnumerable<Command> All => [RunsBench.Make(), ClusterBench.Make(), StartBench.Make(), HistoryBench.Make(), MicroBench.Make(), Floor.Make(), PeerFolder.Make(), IntakeBench.Make(), BurstBench.Make(), PolicyBench.Make(), PagesBench.Make()];
}
