using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Hosting;
using Responder.Hosting.Views;
using Responder.Sdk;

namespace Responder.Cli;

/// <summary>Drives one run here, shows what is committed as it comes, and asks at the terminal where a gate waits.</summary>
internal static class Foreground
{
    public static async Task<int> DriveAsync(ResponderNode node, string runId, bool json, CancellationToken cancel)
    {
        using var feed = node.Store.Feed.Follow(runId);
        var auto = await AutoOf(node, runId);
        await node.Host.WakeAsync(runId);
        var waits = false;
        var shown = 0L;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await foreach (var notice in feed.ReadAllAsync(over.Token))
            {
                foreach (var entry in notice.Events.Where(entry => entry.Seq > shown).Select(JournalCodec.Read))
                {
                    shown = entry.Seq;
                    Progress.Show(entry);
                }

                if (notice.Row is { } row && (row.Status.IsEnd() || row.Status == RunStatus.InDoubt))
                {
                    break;
                }

                if (notice.Row is { Status: RunStatus.Waiting } && await node.Store.Queries.ApprovalsAsync("pending", runId, 50, null, cancel) is { Items: { Count: > 0 } open })
                {
                    if (auto != AutoAnswer.Ask || !await Terminal.AnswerAsync(node, open, cancel))
                    {
                        waits = true;
                        foreach (var gate in open)
                        {
                            await Console.Error.WriteLineAsync($"Waits for {string.Join(" or ", gate.Gate.Roles)}: {gate.Title}\n  responder approvals answer {gate.Id} --choice {gate.Gate.Choices[0]}");
                        }

                        break;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"Interrupted; the run is kept. To go on: responder runs resume {runId}");
            return ExitCodes.Interrupted;
        }

        await node.Host.WhenAwayAsync(runId).WaitAsync(TimeSpan.FromMilliseconds(waits ? 1 : 5000), CancellationToken.None).ContinueWith(_ => { }, TaskScheduler.Default);
        return await ShowAsync(node, runId, json);
    }

    /// <summary>Prints the run as it stands.</summary>
    public static async Task<int> ShowAsync(ResponderNode node, string runId, bool json)
    {
        var stored = await node.Store.Journal.ReadAsync(runId, 0, CancellationToken.None) ?? throw new BadInputException($"There is no run {runId}; see: responder runs list");
        var view = RunView.Of(stored, DateTimeOffset.UtcNow, node.Connections.Service<IEffectCounter>()?.Effects(runId));
        Show(view, json);
        return ExitCodes.Of(view.Status);
    }

    /// <summary>Prints a run.</summary>
    public static void Show(RunView view, bool json)
    {
        if (json)
        {
            Verbs.Verb.PrintJson(view);
        }
        else
        {
            RunText.Write(view);
        }
    }

    private static async Task<AutoAnswer> AutoOf(ResponderNode node, string runId)
    {
        var stored = await node.Store.Journal.ReadAsync(runId, 0, CancellationToken.None) ?? throw new BadInputException($"There is no run {runId}; see: responder runs list");
        return ((RunCreated)JournalCodec.Read(stored.Events[0]).Event).Auto;
    }
}
