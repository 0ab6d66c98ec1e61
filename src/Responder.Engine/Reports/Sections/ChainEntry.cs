using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>One dated link of the attack.</summary>
/// <param name="At">When, by the clock of whoever recorded it.</param>
/// <param name="Text">What.</param>
/// <param name="Source">Who says so: the alert's source, or the action that read it.</param>
public sealed record ChainEntry(DateTimeOffset At, string Text, string Source)
{
    private const int Most = 30;

    internal static IReadOnlyList<ChainEntry> All(RunFacts facts, InitialContext context)
    {
        var entries = Processes(facts).Concat(SignIns(facts)).Concat(Folders(facts));
        if (context.Time is { } at)
        {
            entries = entries.Append(new ChainEntry(at, $"Detected: {context.Title ?? "the alert"}", context.Source ?? "alert"));
        }

        return [.. entries.OrderBy(entry => entry.At).DistinctBy(entry => (entry.At, entry.Text)).Take(Most)];
    }

    private static IEnumerable<ChainEntry> Processes(RunFacts facts) =>
        from step in facts.Trace.Done("edr.get_process")
        from process in step.Out["parents"].Items.Prepend(step.Out["process"]).Concat(step.Out["children"].Items.Take(5))
        let at = process["started_at"].Time
        where at is not null
        select new ChainEntry(at.Value, ProcessText(process), step.Action!);

    private static string ProcessText(Fields process)
    {
        var image = process["image"].Text ?? "a process";
        var user = process["user"].Text is { } name ? $" as {name}" : "";
        return $"{image} (PID {process["pid"].Text ?? "not known"}) started{user}";
    }

    private static IEnumerable<ChainEntry> SignIns(RunFacts facts) =>
        from step in facts.Trace.Done("identity.list_sign_ins")
        from signIn in step.Out["sign_ins"].Items
        where SignInFacts.IsNotable(signIn)
        let at = signIn["at"].Time
        where at is not null
        select new ChainEntry(at.Value, $"Sign-in of {step.In["user"].Text ?? "the account"}: {SignInFacts.Describe(signIn)}", step.Action!);

    private static IEnumerable<ChainEntry> Folders(RunFacts facts)
    {
        foreach (var folder in facts.Folders.Where(folder => folder.Files > 0))
        {
            if (folder.OldestAt is { } oldest)
            {
                yield return new ChainEntry(oldest, $"First file created in {folder.Path}", "edr.list_folder");
            }

            if (folder.NewestAt is { } newest && newest != folder.OldestAt)
            {
                yield return new ChainEntry(newest, $"Last file created in {folder.Path}", "edr.list_folder");
            }
        }
    }
}
