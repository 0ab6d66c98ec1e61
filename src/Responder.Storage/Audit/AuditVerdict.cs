namespace Responder.Storage.Audit;

/// <summary>What a check of the audit found.</summary>
/// <param name="Ok">True where everything is as it was written, as far as <paramref name="Notes"/> say that it can be told.</param>
/// <param name="Chains">How many chains there are: one for each start of a node, on PostgreSQL two.</param>
/// <param name="Links">How many links.</param>
/// <param name="Events">How many events of runs they cover.</param>
/// <param name="Problems">What is not as it was written.</param>
/// <param name="Notes">What could not be told.</param>
/// <param name="AnchoredAt">When the newest anchor was kept; null where none was given.</param>
public sealed record AuditVerdict(
    bool Ok, int Chains, long Links, long Events, IReadOnlyList<AuditProblem> Problems, IReadOnlyList<string> Notes, DateTimeOffset? AnchoredAt);
