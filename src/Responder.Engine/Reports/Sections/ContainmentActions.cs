using Responder.Engine.Reports.Trace;
using Responder.Engine.Reports.Words;
using Responder.Sdk;

namespace Responder.Engine.Reports;

/// <summary>Section 4: what was really done to contain and to clean, when, by whose approval, and what was not done and why.</summary>
public sealed record ContainmentActions
{
    /// <summary>Containments, deletions and scans, in the order in which they began.</summary>
    public required IReadOnlyList<ContainmentAction> Actions { get; init; }

    /// <summary>How many are left out.</summary>
    public required int Omitted { get; init; }

    /// <summary>What was deleted, kept as evidence, still there.</summary>
    public required IReadOnlyList<string> DataProtection { get; init; }

    /// <summary>What the scans found.</summary>
    public required IReadOnlyList<string> HostRemediation { get; init; }

    /// <summary>What limits hosts and accounts as of the report's time.</summary>
    public required IReadOnlyList<string> InForce { get; init; }

    /// <summary>From the alert's arrival (else the run's begin) to the first containment in force, in seconds.</summary>
    public double? TimeToContainSeconds { get; init; }

    /// <summary>What only an analyst can add.</summary>
    public required IReadOnlyList<string> ToComplete { get; init; }

    private const int Most = 150;

    internal static ContainmentActions From(RunFacts facts, InitialContext context)
    {
        var all = facts.Trace.Actions.Select(step => ContainmentAction.From(facts, step)).OfType<ContainmentAction>().ToList();
        var first = facts.Contained.Where(step => !RunFacts.IsRelease(step.Action!) && step.Outcome is not (OutcomeKind.Pending or OutcomeKind.AlreadySo)).Select(step => step.DoneAt).Min();
        return new ContainmentActions
        {
            Actions = [.. all.Take(Most)],
            Omitted = Math.Max(0, all.Count - Most),
            DataProtection = DataOf(facts),
            HostRemediation = HostsOf(facts),
            InForce = [.. facts.InForce().Take(50).Select(facts.Past)],
            TimeToContainSeconds = (first - (context.ReceivedAt ?? facts.Trace.StartedAt ?? facts.Trace.CreatedAt))?.TotalSeconds,
            ToComplete = facts.Harmless || !facts.Contained.Any(step => step.Action!.StartsWith("edr.", StringComparison.Ordinal)) ? [] : ["whether hosts were re-imaged or restored, by whom and when"],
        };
    }

    private static IReadOnlyList<string> DataOf(RunFacts facts)
    {
        var lines = new List<string>();
        foreach (var step in facts.Trace.Done("edr.delete_folder", "edr.delete_file"))
        {
            lines.Add($"Deleted {facts.Target(step)}{(ContainmentAction.DetailOf(step) is { } detail ? $": {detail}" : "")}.");
        }

        foreach (var step in facts.Trace.Done("edr.list_folder").Where(list => facts.Trace.Done("edr.delete_folder").Any(gone => gone.EndedAt < list.StartedAt && FolderFacts.Same(FolderFacts.PathOf(gone), FolderFacts.PathOf(list)))))
        {
            lines.Add($"A listing of {FolderFacts.PathOf(step)} afterwards found {Amounts.Count(step.Out["count"].Whole ?? 0, "file")}.");
        }

        foreach (var step in facts.Trace.Done("edr.collect_file"))
        {
            lines.Add($"Kept {step.In["path"].Text ?? "a file"} as evidence{(step.Out["size"].Whole is { } size ? $" ({Amounts.Bytes(size)})" : "")}.");
        }

        lines.AddRange(facts.Folders.Where(folder => folder.Manifest is not null).Select(folder => $"The list of the files in {folder.Path} is kept as evidence ({folder.Manifest})."));
        return [.. lines.Take(50)];
    }

    private static IReadOnlyList<string> HostsOf(RunFacts facts) =>
        [.. facts.Trace.Actions.Where(step => step.Is("edr.scan") && !step.Skipped).SelectMany(step => OfScan(facts, step)).Take(50)];

    private static IEnumerable<string> OfScan(RunFacts facts, StepTrace step)
    {
        yield return step.End switch
        {
            null => $"The scan of {facts.Target(step)} is under way.",
            { Status: StepStatus.Succeeded } => $"Scan of {facts.Target(step)}: {ContainmentAction.DetailOf(step) ?? "done"}.",
            _ => $"Scan of {facts.Target(step)}: not done. {FailureWords.Of(step)}",
        };
        foreach (var threat in step.Out["threats"].Items)
        {
            yield return $"Found by it: {string.Join(", ", new[] { threat["path"].Text, threat["name"].Text, threat["action"].Text }.OfType<string>())}.";
        }
    }
}
