using Responder.Engine.Journal;
using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>
/// A run written up for a ticket, in eight sections, from its journal alone: a pure function, so that it comes out the same whenever it is
/// made again. It says what the run did and found; what only a person can know is listed as to be completed, never invented.
/// Texts are exact as they were received, hostile ones too: the writers make them harmless.
/// </summary>
public sealed record IncidentReport
{
    /// <summary>Which run, how it stands, as of when.</summary>
    public required ReportHead Head { get; init; }

    /// <summary>Section 1.</summary>
    public required InitialContext InitialContext { get; init; }

    /// <summary>Section 2.</summary>
    public required TechnicalAnalysis TechnicalAnalysis { get; init; }

    /// <summary>Section 3.</summary>
    public required InvestigationFindings InvestigationFindings { get; init; }

    /// <summary>Section 4.</summary>
    public required ContainmentActions ContainmentActions { get; init; }

    /// <summary>Section 5.</summary>
    public required RootCauseAnalysis RootCauseAnalysis { get; init; }

    /// <summary>Section 6.</summary>
    public required BusinessImpact BusinessImpact { get; init; }

    /// <summary>Section 7.</summary>
    public required RemediationAndPrevention RemediationAndPrevention { get; init; }

    /// <summary>Section 8.</summary>
    public required ReportConclusion Conclusion { get; init; }

    /// <summary>Writes a run up; also in the middle of it, and of a part of a journal.</summary>
    /// <param name="journal">The run's events in their order.</param>
    /// <param name="asOf">The time of the report: what still lasts is counted up to it.</param>
    public static IncidentReport From(IReadOnlyList<JournalEntry> journal, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var facts = new RunFacts(RunTrace.Read(journal), asOf);
        var context = InitialContext.From(facts);
        var analysis = TechnicalAnalysis.From(facts, context);
        var containment = ContainmentActions.From(facts, context);
        return new IncidentReport
        {
            Head = ReportHead.From(facts, context),
            InitialContext = context,
            TechnicalAnalysis = analysis,
            InvestigationFindings = InvestigationFindings.From(facts, context, analysis),
            ContainmentActions = containment,
            RootCauseAnalysis = RootCauseAnalysis.From(facts, analysis),
            BusinessImpact = BusinessImpact.From(facts, context, analysis),
            RemediationAndPrevention = RemediationAndPrevention.From(facts),
            Conclusion = ReportConclusion.From(facts, context, containment),
        };
    }
}
