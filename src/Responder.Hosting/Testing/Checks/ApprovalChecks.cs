using Responder.Hosting.Testing.Cases;

namespace Responder.Hosting.Testing.Checks;

/// <summary>The gates that were asked: the lines in their order, others may be between them.</summary>
internal static class ApprovalChecks
{
    public static IEnumerable<string> Failures(Expectation expect, CaseResult result)
    {
        var next = 0;
        foreach (var line in expect.Approvals)
        {
            var at = result.History.Gates.Skip(next).ToList().FindIndex(gate => Fits(line, gate, result));
            if (at < 0)
            {
                yield return $"approvals: none after the first {next} fits {Show(line)}; asked were [{string.Join(" | ", result.History.Gates.Select(gate => Show(gate, result)))}].";
            }
            else
            {
                next += at + 1;
            }
        }
    }

    private static bool Fits(ApprovalLine line, AskedGate gate, CaseResult result) =>
        result.Names.Fits(line.Step, gate.Path)
        && (line.Roles is not { } roles || roles.Order().SequenceEqual(gate.Roles.Order()))
        && (line.Choice is null || line.Choice == gate.Choice)
        && (line.By is null || line.By == gate.By)
        && (line.How is null || line.How == gate.How)
        && (line.Policy is null || line.Policy == gate.Policy);

    private static string Show(ApprovalLine line) => Describe(line.Step, line.Roles, line.Choice, line.By, line.How, line.Policy);

    private static string Show(AskedGate gate, CaseResult result) =>
        Describe(result.Names.Of(gate.Path).OfPass ?? gate.Path, gate.Roles, gate.Choice ?? "open", gate.By, gate.How, gate.Policy);

    private static string Describe(string step, IReadOnlyList<string>? roles, string? choice, string? by, string? how, bool? policy) => string.Join(", ", new[]
    {
        $"step {step}",
        roles is null ? null : $"roles {string.Join(" or ", roles)}",
        choice,
        by is null ? null : $"by {by}",
        how,
        policy == true ? "asked by policy" : null,
    }.Where(part => part is not null));
}
