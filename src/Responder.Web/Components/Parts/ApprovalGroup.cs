using System.Text.RegularExpressions;
using Responder.Engine.Journal;

namespace Responder.Web.Components.Parts;

/// <summary>Gates that are one question: the passes of a loop at the same step.</summary>
/// <param name="Key">What they have in common.</param>
/// <param name="Rows">Each of them, the nearest deadline first.</param>
public sealed partial record ApprovalGroup(string Key, IReadOnlyList<ApprovalRow> Rows)
{
    /// <summary>The one that is decided first.</summary>
    public ApprovalRow First => Rows[0];

    /// <summary>Groups a list.</summary>
    /// <param name="rows">The rows.</param>
    public static IReadOnlyList<ApprovalGroup> Of(IEnumerable<ApprovalRow> rows) =>
        [.. rows.GroupBy(KeyOf, StringComparer.Ordinal).Select(group => new ApprovalGroup(group.Key, [.. group]))];

    // One question only where one answer can be for all: the same step, choices, roles and form.
    private static string KeyOf(ApprovalRow row) => row.StepId is null || row.Gate.Count > 1
        ? row.Id
        : string.Join('|', row.RunId, Pass().Replace(row.Path, "[]"), row.StepId, row.Gate.Action, string.Join(',', row.Gate.Choices), string.Join(',', row.Gate.Roles), string.Join(',', row.Gate.Fields.Select(field => field.Name)));

    [GeneratedRegex(@"\[\d+\](?=\.)")]
    private static partial Regex Pass();
}
