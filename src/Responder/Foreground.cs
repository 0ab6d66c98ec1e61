using Responder.Cli.Desk;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting.Views;

namespace Responder.Cli;

/// <summary>Follows one run, shows what is committed as it comes, and asks at the terminal where a gate waits.</summary>
internal static class Foreground
{
    /// <summary>Follows a run to its end, or to a gate that nobody here answers.</summary>
    /// <param name="desk">Where the run is.</param>
    /// <param name="runId">The run.</param>
    /// <param name="json">Print it as JSON.</param>
    /// <param name="cancel">Ends the following; the run is kept.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> DriveAsync(IDesk desk, string runId, bool json, CancellationToken cancel)
    {
        var auto = await desk.AutoOfAsync(runId, cancel);
        try
        {
            await foreach (var news in desk.FollowAsync(runId, cancel))
            {
                foreach (var entry in news.Entries)
                {
                    Progress.Show(entry);
                }

                if (news.Status is RunStatus.InDoubt)
                {
                    break;
                }

                if (news.Status is RunStatus.Waiting && await desk.ApprovalsAsync(runId, cancel) is { Items: { Count: > 0 } open }
                    && (auto != AutoAnswer.Ask || !await Terminal.AnswerAsync(desk, open, cancel)))
                {
                    foreach (var gate in open)
                    {
                        await Console.Error.WriteLineAsync($"Waits for {string.Join(" or ", gate.Gate.Roles)}: {gate.Title}\n  responder approvals answer {gate.Id} --choice {gate.Gate.Choices[0]}");
                    }

                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(desk is LocalDesk
                ? $"Interrupted; the run is kept. To go on: responder runs resume {runId}"
                : $"Interrupted; the server goes on with the run. To see it: responder runs show {runId}");
            return ExitCodes.Interrupted;
        }

        var view = await ReadAsync(desk, runId);
        Show(view, json);
        await OfferUndoAsync(desk, view);
        return ExitCodes.Of(view.Status);
    }

    // A server asks a lead by itself; here nobody is left who would.
    private static async Task OfferUndoAsync(IDesk desk, RunView run)
    {
        if (desk is LocalDesk && run.EndedAt is not null && RunOutcomes.IsHarmless(run.Outcome))
        {
            var held = (await desk.ContainmentAsync(CancellationToken.None)).Where(one => one.RunId == run.RunId && !one.Before).ToList();
            if (held.Count > 0)
            {
                await Console.Error.WriteLineAsync(
                    $"It ended as {run.Outcome} and still holds {string.Join(", ", held.Select(one => $"{one.Action} on {RunText.Plain(one.Name)}"))}. To take it back: responder runs undo {run.RunId}");
            }
        }
    }

    /// <summary>Prints the run as it stands.</summary>
    public static async Task<int> ShowAsync(IDesk desk, string runId, bool json)
    {
        var view = await ReadAsync(desk, runId);
        Show(view, json);
        return ExitCodes.Of(view.Status);
    }

    private static async Task<RunView> ReadAsync(IDesk desk, string runId) => await desk.RunAsync(runId, CancellationToken.None) ?? throw Verbs.RunsVerb.NoRun(runId);

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
}
