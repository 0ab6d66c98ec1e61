namespace Responder.Storage.Audit;

/// <summary>Something that is not as it was written.</summary>
/// <param name="Kind"><c>changed</c>, <c>removed</c>, <c>inserted</c>, <c>reordered</c>, <c>cut</c>, or <c>unknown_key</c>.</param>
/// <param name="Where">Which row: <c>link 7 of HOST/12/…</c>, <c>event 3 of run …</c>.</param>
/// <param name="Message">What was found, for people.</param>
public sealed record AuditProblem(string Kind, string Where, string Message);
