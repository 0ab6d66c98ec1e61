namespace Responder.Web.Access;

/// <summary>What a route needs: a machine's key must have the scope, a person the role. Every route names one.</summary>
/// <param name="Scope">The scope: <c>runs:read</c>.</param>
/// <param name="Role">The least role: <c>viewer</c>, <c>analyst</c>, <c>lead</c>, <c>author</c>, <c>admin</c>.</param>
/// <param name="About">What it allows, for people.</param>
public sealed record Permission(string Scope, string Role, string About)
{
    /// <summary>A role that may do it without being above <see cref="Role"/>; null where there is none.</summary>
    public string? Also { get; init; }

    /// <summary>Deliver alerts.</summary>
    public static Permission WriteAlerts { get; } = new("alerts:write", Roles.Admin, "deliver alerts");

    /// <summary>See alerts.</summary>
    public static Permission ReadAlerts { get; } = new("alerts:read", Roles.Viewer, "see alerts");

    /// <summary>See runs, their journals and reports.</summary>
    public static Permission ReadRuns { get; } = new("runs:read", Roles.Viewer, "see runs");

    /// <summary>Take all that is kept of a run away as a file.</summary>
    public static Permission ExportEvidence { get; } = new("evidence:export", Roles.Analyst, "export runs' evidence");

    /// <summary>Start, cancel and resume runs.</summary>
    public static Permission WriteRuns { get; } = new("runs:write", Roles.Analyst, "start, cancel and resume runs");

    /// <summary>Take runs back.</summary>
    public static Permission UndoRuns { get; } = new("runs:undo", Roles.Lead, "take back what runs did");

    /// <summary>Say how a step in doubt ended.</summary>
    public static Permission SettleSteps { get; } = new("runs:settle", Roles.Lead, "settle steps in doubt");

    /// <summary>See what waits for people.</summary>
    public static Permission ReadApprovals { get; } = new("approvals:read", Roles.Viewer, "see approvals");

    /// <summary>Answer gates; which ones, its roles say.</summary>
    public static Permission AnswerApprovals { get; } = new("approvals:answer", Roles.Analyst, "answer approvals");

    /// <summary>Send events that runs wait for.</summary>
    public static Permission WriteEvents { get; } = new("events:write", Roles.Admin, "send events");

    /// <summary>See the kill switch.</summary>
    public static Permission ReadKillSwitch { get; } = new("kill-switch:read", Roles.Viewer, "see the kill switch");

    /// <summary>Throw and lift the kill switch.</summary>
    public static Permission WriteKillSwitch { get; } = new("kill-switch:write", Roles.Lead, "throw and lift the kill switch");

    /// <summary>See the policy.</summary>
    public static Permission ReadPolicy { get; } = new("policy:read", Roles.Viewer, "see the policy");

    /// <summary>See and check playbooks.</summary>
    public static Permission ReadPlaybooks { get; } = new("playbooks:read", Roles.Viewer, "see and check playbooks");

    /// <summary>Work out what a run would do: it reads in the products.</summary>
    public static Permission PlanRuns { get; } = new("playbooks:plan", Roles.Analyst, "plan runs") { Also = Roles.Author };

    /// <summary>See connections.</summary>
    public static Permission ReadConnectors { get; } = new("connectors:read", Roles.Viewer, "see connections");

    /// <summary>Sign in to the products and say what is allowed there.</summary>
    public static Permission CheckConnectors { get; } = new("connectors:check", Roles.Analyst, "check connections");

    /// <summary>Make and revoke API keys.</summary>
    public static Permission ManageKeys { get; } = new("keys:manage", Roles.Admin, "make and revoke API keys");

    /// <summary>Invite people and disable their accounts.</summary>
    public static Permission ManageUsers { get; } = new("users:manage", Roles.Admin, "invite people and disable accounts");

    /// <summary>Write playbooks: drafts, and what is in force.</summary>
    public static Permission WritePlaybooks { get; } = new("playbooks:write", Roles.Author, "write playbooks");

    /// <summary>See who did what.</summary>
    public static Permission ReadAudit { get; } = new("audit:read", Roles.Lead, "see the audit");

    /// <summary>See the cluster's nodes from the inside.</summary>
    public static Permission ReadCluster { get; } = new("cluster:read", Roles.Admin, "see the cluster's nodes");

    /// <summary>Read the description of the API.</summary>
    public static Permission ReadDocs { get; } = new("docs:read", Roles.Viewer, "read the description of the API");

    /// <summary>The permission of a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <exception cref="ArgumentException">There is none of that scope.</exception>
    public static Permission Named(string scope) => All.FirstOrDefault(one => one.Scope == scope) ?? throw new ArgumentException($"There is no permission of the scope '{scope}'.", nameof(scope));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Permission> All { get; } =
    [
        WriteAlerts, ReadAlerts, ReadRuns, ExportEvidence, WriteRuns, UndoRuns, SettleSteps, ReadApprovals, AnswerApprovals, WriteEvents, ReadKillSwitch, WriteKillSwitch, ReadPolicy, ReadPlaybooks, PlanRuns,
        ReadConnectors, CheckConnectors, ManageKeys, ManageUsers, WritePlaybooks, ReadAudit, ReadCluster, ReadDocs,
    ];
}
