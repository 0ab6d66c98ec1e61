using Responder.Engine.Journal;
using System.Text;

namespace Responder.Scenarios.Tests.Simulation.Promises;

/// <summary>7: no secret of a connection, and no password that we make, is in a journal or a log.</summary>
internal sealed class NoSecrets(World world) : Promise(world)
{
    /// <summary>What the products sign in with, and the passwords they make: must be nowhere else.</summary>
    public const string Canary = "canary-7f3a";

    public override int Number => 7;

    public override void AtEnd()
    {
        foreach (var run in World.Record.Runs)
        {
            if (run.Entries.Exists(entry => Encoding.UTF8.GetString(JournalCodec.Write(entry).Payload.Span).Contains(Canary, StringComparison.Ordinal)))
            {
                Broken($"run {run.RunId}: its journal holds a secret.");
            }
        }

        if (World.Cluster.Errors.Any(error => error.Contains(Canary, StringComparison.Ordinal)))
        {
            Broken("a log holds a secret.");
        }
    }
}
