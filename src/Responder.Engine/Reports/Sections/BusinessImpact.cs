using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;

namespace Responder.Engine.Reports;

/// <summary>Section 6: who could not work for how long, and which data was touched.</summary>
/// <param name="Operational">Outages that the run caused, with their lengths so far.</param>
/// <param name="Data">Amounts of data touched.</param>
/// <param name="ToComplete">What only an analyst can add.</param>
public sealed record BusinessImpact(IReadOnlyList<string> Operational, IReadOnlyList<string> Data, IReadOnlyList<string> ToComplete)
{
    internal static BusinessImpact From(RunFacts facts, InitialContext context, TechnicalAnalysis analysis)
    {
        var outages = facts.Contained.Where(step => step.Is("edr.isolate_host", "identity.disable_user", "directory.disable_user", "directory.disable_computer") && step.Outcome is not (OutcomeKind.Pending or OutcomeKind.AlreadySo))
            .DistinctBy(step => (step.Action, facts.Target(step))).Take(50).Select(step => Outage(facts, step)).ToList();
        return new BusinessImpact(
            outages,
            DataOf(facts, context, analysis),
            facts.Harmless
                ? []
                : [
                    .. Enumerable.Repeat("what the people concerned could not do, and until when", Math.Min(1, outages.Count)),
                    "what the data is worth, and whether the law or a contract asks to report it",
                ]);
    }

    private static string Outage(RunFacts facts, StepTrace step)
    {
        var since = step.DoneAt!.Value;
        var inverse = Sdk.Catalog.ActionCatalog.Neutral.Find(step.Action!)?.Undo;
        var back = facts.Trace.Steps.FirstOrDefault(later => inverse is not null && later.Succeeded && later.Is(inverse) && later.EndedAt >= since && facts.Target(later) == facts.Target(step))?.EndedAt;
        var state = step.Is("edr.isolate_host") ? "off the network" : "barred from signing in";
        return back is { } until
            ? $"{facts.Target(step)} was {state} for {Amounts.Duration(until - since)}, until {facts.Clock.Both(until)}."
            : $"{facts.Target(step)} has been {state} since {facts.Clock.Both(since)}{(step.Is("directory.disable_user") ? " (on premises)" : step.Is("identity.disable_user") ? " (cloud)" : "")}.";
    }

    private static IReadOnlyList<string> DataOf(RunFacts facts, InitialContext context, TechnicalAnalysis analysis)
    {
        var lines = analysis.Folders.Where(folder => folder.Files > 0).Select(folder => $"{Amounts.Files(folder.Files, folder.Bytes)} lay in {folder.Path}.")
            .Concat(analysis.Folders.SelectMany(folder => folder.Sensitive.Select(type => $"Among them {type}: what it protects counts as exposed until it is changed."))).ToList();
        if (lines.Count == 0 && Amounts.Files(context.Files, context.Bytes) is { } sums)
        {
            lines.Add($"The alert counts {sums}.");
        }

        if (facts.Contained.Any(step => step.Is("edr.delete_folder", "edr.delete_file") && step.Out["gone"].Truth == true))
        {
            lines.Add("The copies that were deleted are gone from the host; the originals were not touched by the run.");
        }

        return [.. lines.Take(50)];
    }
}
