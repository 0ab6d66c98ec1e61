using Responder.Engine.Journal;
using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;

namespace Responder.Engine.Reports;

/// <summary>What did not go as planned, though some of it came right in the end.</summary>
internal static class Trouble
{
    public static IReadOnlyList<DatedNote> All(RunFacts facts) =>
        [.. facts.Trace.Notes.Select(note => new DatedNote(note.At, note.Text))
            .Concat(facts.Trace.Steps.SelectMany(step => OfStep(facts, step)))
            .OrderBy(note => note.At).DistinctBy(note => note.Text)];

    private static IEnumerable<DatedNote> OfStep(RunFacts facts, StepTrace step)
    {
        var what = step.Action is null ? step.Label : $"{ActionWords.For(step.Action).Title} ({facts.Target(step)})";
        foreach (var (at, recovery) in step.Recoveries)
        {
            yield return new DatedNote(at, $"{what}: whether attempt {recovery.Attempt} had happened was not known. {recovery.Why.Trim()}");
        }

        if (step.Silences is [var (silentAt, silence), ..])
        {
            yield return new DatedNote(silentAt, $"{what}: {new OpenCircuit(silence.Connection, silence.Since).Words()} ({silence.Why.Trim().TrimEnd('.')}). {(step.Open ? "It goes on when the product answers." : "It went on when the product answered, or the run ended.")}");
        }

        foreach (var (at, probe) in step.Probes.TakeLast(1))
        {
            yield return new DatedNote(at, $"{what}: asked whether it had happened, the product's state said: {Verdict(probe.Verdict)} ({probe.Reason.Trim().TrimEnd('.')}).");
        }

        if (step.Settled is { } settled && step.At is { } settledAt)
        {
            yield return new DatedNote(settledAt, $"{what}: {settled.By} settled it as {settled.Resolution}{(settled.Comment is null ? "." : $": {settled.Comment}")}");
        }

        if (step.Succeeded && step.Failures is [.., var last])
        {
            yield return new DatedNote(last.At, $"{what}: succeeded after {Amounts.Count(step.Failures.Count, "failed attempt")} ({FailureWords.Of(last.Failure.Error).TrimEnd('.')}).");
        }
        else if (step.End is { Status: StepStatus.Failed or StepStatus.TimedOut } && step.Action is not null && !step.Is("chat.ask", "mail.ask") && step.EndedAt is { } endedAt)
        {
            yield return new DatedNote(endedAt, $"{what}: {FailureWords.Of(step)}");
        }
    }

    private static string Verdict(ProbeVerdict verdict) => verdict switch
    {
        ProbeVerdict.Happened => "yes",
        ProbeVerdict.NotHappened => "no",
        _ => "it can't be told",
    };
}
