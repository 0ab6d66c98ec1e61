using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>Section 3: what happened when, what to look for elsewhere, and what did not go as planned.</summary>
/// <param name="TimeLine">The alert's events and what the run did, oldest first.</param>
/// <param name="TimeLineOmitted">How many less important entries are left out; the run's journal has them all.</param>
/// <param name="Indicators">Exact values. Hostile text.</param>
/// <param name="IndicatorsOmitted">How many are left out.</param>
/// <param name="Troubles">Failed reads, retries, recoveries, warnings.</param>
/// <param name="TroublesOmitted">How many are left out.</param>
public sealed record InvestigationFindings(
    IReadOnlyList<TimeLineEntry> TimeLine, int TimeLineOmitted, IReadOnlyList<Indicator> Indicators, int IndicatorsOmitted,
    IReadOnlyList<DatedNote> Troubles, int TroublesOmitted)
{
    private const int MostEntries = 300;
    private const int MostIndicators = 100;
    private const int MostTroubles = 100;

    internal static InvestigationFindings From(RunFacts facts, InitialContext context, TechnicalAnalysis analysis)
    {
        var entries = TimeLineBuilder.All(facts, context, analysis);
        var kept = TimeLineEntry.MostImportant(entries, MostEntries);
        var indicators = IndicatorFinder.All(facts, context, analysis);
        var troubles = Trouble.All(facts);
        return new InvestigationFindings(
            kept, entries.Count - kept.Count,
            [.. indicators.Take(MostIndicators)], Math.Max(0, indicators.Count - MostIndicators),
            [.. troubles.Take(MostTroubles)], Math.Max(0, troubles.Count - MostTroubles));
    }
}

/// <summary>A sentence with its time.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What.</param>
public sealed record DatedNote(DateTimeOffset At, string Text);
