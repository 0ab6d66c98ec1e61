using System.Text.Json;
using Responder.Engine.Audit;
using Responder.Sdk;

namespace Responder.Hosting.Audit;

/// <summary>
/// Lines of the audit as events of the Open Cybersecurity Schema Framework 1.4: a run that an alert started is a Detection Finding, an effect a Remediation
/// Activity, all else an API Activity. The field <c>metadata.uid</c> is the line's place in the chain, by which one that comes twice is known.
/// </summary>
public static class Ocsf
{
    private const int ApiActivity = 6003;
    private const int DetectionFinding = 2004;
    private const int RemediationActivity = 7001;
    private const int Other = 99;

    /// <summary>An event, as JSON in one line.</summary>
    /// <param name="record">The line.</param>
    public static string Event(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var entry = record.Entry;
        var (category, type, activity) = Class(entry);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["category_uid"] = category,
            ["class_uid"] = type,
            ["activity_id"] = activity,
            ["type_uid"] = (type * 100) + activity,
            ["time"] = record.At.ToUnixTimeMilliseconds(),
            ["severity_id"] = 1,
            ["message"] = $"{entry.By} {entry.Action} {entry.Target}".TrimEnd(),
            ["metadata"] = new { version = "1.4.0", uid = record.Id, log_name = "audit", product = new { name = "Responder", vendor_name = "Responder", version = Evidence.EvidencePack.Program } },
            ["status_id"] = Status(entry),
            ["status_detail"] = entry.Reason,
            ["unmapped"] = new { entry.Kind, entry.Result, entry.RunId, entry.Path, entry.Connection, record.Writer, record.Link },
        };
        if (activity == Other)
        {
            fields["activity_name"] = entry.Action;
        }

        switch (type)
        {
            case DetectionFinding:
                fields["finding_info"] = new { uid = entry.RunId, title = $"{entry.Target}: {entry.Reason}", types = new[] { "playbook run" } };
                break;
            case RemediationActivity:
                fields["command_uid"] = $"{entry.RunId}/{entry.Path}";
                fields["remediation"] = new { desc = $"{entry.Action} on {entry.Target}" };
                break;
            default:
                fields["actor"] = new { user = new { name = entry.By } };
                fields["api"] = new { operation = entry.Action, service = new { name = entry.Kind } };
                fields["src_endpoint"] = new { name = record.Writer.Split('/')[0] };
                fields["resources"] = new[] { new { name = entry.Target, type = entry.Kind } };
                break;
        }

        return JsonSerializer.Serialize(fields, Json.Options);
    }

    private static (int Category, int Class, int Activity) Class(AuditEntry entry) => entry switch
    {
        { Kind: AuditKinds.Effect } => (7, RemediationActivity, Remediation(entry.Action)),
        { Kind: AuditKinds.Decision, Action: "run_started", Reason: { } why } when why.StartsWith("alert ", StringComparison.Ordinal) => (2, DetectionFinding, 1),
        { Action: "made" or "invited" or "given" or "published" or "run_started" or "undo_started" or "thrown" } => (6, ApiActivity, 1),
        { Action: "revoked" or "disabled" or "ended" or "gone" or "lifted" } => (6, ApiActivity, 4),
        { Kind: AuditKinds.SignIn } => (6, ApiActivity, Other),
        _ => (6, ApiActivity, 3),
    };

    // OCSF's verbs of a remediation: 1 isolate, 2 evict, 3 restore.
    private static int Remediation(string action) => action.Split('.')[^1] switch
    {
        var verb when verb.StartsWith("isolate", StringComparison.Ordinal) || verb.StartsWith("disable", StringComparison.Ordinal) || verb.StartsWith("block", StringComparison.Ordinal) => 1,
        var verb when verb.StartsWith("delete", StringComparison.Ordinal) || verb.StartsWith("kill", StringComparison.Ordinal) || verb.StartsWith("revoke", StringComparison.Ordinal) => 2,
        var verb when verb.StartsWith("release", StringComparison.Ordinal) || verb.StartsWith("enable", StringComparison.Ordinal) => 3,
        _ => Other,
    };

    // 0 unknown, 1 success, 2 failure.
    private static int Status(AuditEntry entry) => entry switch
    {
        { Kind: AuditKinds.Effect, Result: "done" or "already_so" or "partial" } => 1,
        { Kind: AuditKinds.Effect, Result: "intended" or "pending" or "in_doubt" or "unknown" } => 0,
        { Kind: AuditKinds.Effect } or { Action: "refused" } => 2,
        _ => 1,
    };
}
