using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>Section 2: what happened on the host and with the account, as far as the alert and the run's reads tell.</summary>
public sealed record TechnicalAnalysis
{
    /// <summary>What is known of the attack and dated, oldest first.</summary>
    public required IReadOnlyList<ChainEntry> AttackChain { get; init; }

    /// <summary>From the oldest parent to the process, joined by arrows.</summary>
    public required IReadOnlyList<string> ProcessChains { get; init; }

    /// <summary>Command lines, exact. Hostile text.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Folders that the run listed before anything was deleted.</summary>
    public required IReadOnlyList<FolderFacts> Folders { get; init; }

    /// <summary>What the searches returned.</summary>
    public required IReadOnlyList<SearchFacts> Searches { get; init; }

    /// <summary>Sign-ins, one entry an account asked about.</summary>
    public required IReadOnlyList<SignInFacts> SignIns { get; init; }

    /// <summary>What the users said.</summary>
    public required IReadOnlyList<Interview> Interviews { get; init; }

    /// <summary>What only an analyst can add.</summary>
    public required IReadOnlyList<string> ToComplete { get; init; }

    internal static TechnicalAnalysis From(RunFacts facts, InitialContext context)
    {
        var processes = facts.Trace.Done("edr.get_process").ToList();
        var interviews = Interview.All(facts);
        return new TechnicalAnalysis
        {
            AttackChain = ChainEntry.All(facts, context),
            ProcessChains = [.. processes.Select(step => step.Out["chain"].Text).OfType<string>().Distinct().Take(5)],
            Commands = CommandsOf(context, processes),
            Folders = facts.Folders,
            Searches = SearchFacts.All(facts),
            SignIns = SignInFacts.All(facts),
            Interviews = interviews,
            ToComplete = facts.Harmless
                ? []
                : [
                    "what the attacker meant to do, and whether any data left the network (proxy, firewall and mail logs)",
                    .. interviews.Any(one => one.Answer is not null) || !facts.Contained.Any(step => step.Action!.StartsWith("identity.", StringComparison.Ordinal) || step.Action.StartsWith("directory.", StringComparison.Ordinal))
                        ? Array.Empty<string>() : ["what the account's owner says of it"],
                ],
        };
    }

    private static IReadOnlyList<string> CommandsOf(InitialContext context, List<StepTrace> processes) =>
        [.. processes.SelectMany(step => step.Out["children"].Items.Take(5).Prepend(step.Out["process"])).Select(process => process["cmd_line"].Text)
            .Prepend(context.Process?.CommandLine).OfType<string>().Distinct().Take(10)];
}
