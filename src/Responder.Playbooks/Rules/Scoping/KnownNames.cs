using Responder.Playbooks.Language.Grammar;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>The fields of what expressions see besides steps, inputs and variables. The language page has the same table.</summary>
internal static class KnownNames
{
    private static readonly string[] Plain = ["id", "source", "source_id", "title", "summary", "url", "time", "received_at", "severity_score", "severity"];

    public static readonly FieldType Error = FieldType.Object("kind", "code", "message");

    public static readonly FieldType Failure = FieldType.Object(new Dictionary<string, FieldType>
    {
        ["step"] = FieldType.Scalar,
        ["message"] = FieldType.Scalar,
        ["error"] = Error,
    });

    /// <summary><c>run.steps.x</c>.</summary>
    public static readonly FieldType RunStep = FieldType.Object(new Dictionary<string, FieldType>
    {
        ["status"] = FieldType.Scalar,
        ["error"] = Error,
        ["outcome"] = FieldType.Scalar,
        ["attempts"] = FieldType.Scalar,
        ["started_at"] = FieldType.Scalar,
        ["ended_at"] = FieldType.Scalar,
    });

    public static readonly FieldType Run = FieldType.Object(new Dictionary<string, FieldType>
    {
        ["id"] = FieldType.Scalar,
        ["started_at"] = FieldType.Scalar,
        ["url"] = FieldType.Scalar,
        ["playbook"] = FieldType.Scalar,
        ["steps"] = FieldType.Any,
    });

    public static readonly FieldType Report = FieldType.Object("markdown");

    /// <summary>What an approval gives, besides the form's fields.</summary>
    public static readonly string[] ApprovalResult = ["choice", "fields", "by", "comment", "at"];

    public static readonly FieldType Alert = MakeAlert();

    /// <summary>A step's status, as <c>run.steps.x.status</c> has it.</summary>
    public static readonly string[] StepStatus =
        ["pending", "running", "waiting_approval", "succeeded", "failed", "skipped", "timed_out", "rejected", "in_doubt", "undone", "cancelled"];

    /// <summary>An alert's <c>severity</c>.</summary>
    public static readonly string[] Severity = ["unknown", "informational", "low", "medium", "high", "critical", "fatal"];

    public static IReadOnlyList<string> ErrorKinds => StepGrammar.FailureKinds;

    private static FieldType MakeAlert()
    {
        var device = FieldType.Object("hostname", "id", "ip", "os");
        var user = FieldType.Object("email", "name", "sid", "domain");
        var file = FieldType.Object("path", "name", "parent_folder", "sha256", "size");
        string[] process = ["pid", "image", "cmd_line", "sha256"];
        var fields = Plain.ToDictionary(name => name, _ => FieldType.Scalar);
        fields["attack"] = FieldType.List(FieldType.Scalar);
        fields["device"] = device;
        fields["user"] = user;
        fields["file"] = file;
        fields["process"] = FieldType.Object(new Dictionary<string, FieldType>(process.ToDictionary(name => name, _ => FieldType.Scalar)) { ["parent"] = FieldType.Object(process) });
        fields["counts"] = FieldType.Object("files", "bytes", "events");
        fields["devices"] = FieldType.List(device);
        fields["users"] = FieldType.List(user);
        fields["files"] = FieldType.List(file);
        fields["indicators"] = FieldType.List(FieldType.Object("type", "value", "suspicious"));
        fields["raw"] = FieldType.Any;
        return FieldType.Object(fields);
    }
}
