using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;

namespace Responder.Storage;

// Rows as Dapper fills them: names are the columns' aliases, times are milliseconds.
#pragma warning disable CA1812 // Dapper makes them.

internal sealed class RunRecord
{
    public required string RunId { get; init; }
    public required string Playbook { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public string? Outcome { get; init; }
    public string? Reason { get; init; }
    public string? AlertId { get; init; }
    public required string StartedBy { get; init; }
    public long CreatedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? EndedAt { get; init; }
    public long? DueAt { get; init; }
    public required string DefinitionHash { get; init; }
    public string? QueuedBehind { get; init; }

    public RunListItem ToItem() => new(
        RunId, Playbook, Title, Values.Enum<RunStatus>(Status), Outcome, Reason, AlertId, StartedBy, Values.Time(CreatedAt), Values.Time(StartedAt),
        Values.Time(EndedAt), Values.Time(DueAt), DefinitionHash, QueuedBehind);
}

internal sealed class ApprovalRecord
{
    public required string Id { get; init; }
    public required string RunId { get; init; }
    public required string Path { get; init; }
    public string? StepId { get; init; }
    public required string Title { get; init; }
    public required string Status { get; init; }
    public long AskedAt { get; init; }
    public long? Deadline { get; init; }
    public long SortAt { get; init; }
    public required string Gate { get; init; }
    public string? Choice { get; init; }
    public string? DecidedBy { get; init; }
    public long? ClosedAt { get; init; }

    public ApprovalRow ToRow() => new(
        Id, RunId, Path, StepId, Title, Status, Values.Time(AskedAt), Values.Time(Deadline), GateOf(Gate), Choice, DecidedBy, Values.Time(ClosedAt));

    private static Engine.Approvals.GateRequest GateOf(string json) =>
        JsonSerializer.Deserialize<Engine.Approvals.GateRequest>(json, Sdk.Json.Options) ?? throw new InvalidDataException("An approval's gate is null.");
}

internal sealed class AlertRecord
{
    public required string Id { get; init; }
    public required string Source { get; init; }
    public string? DeliveryKey { get; init; }
    public long ReceivedAt { get; init; }
    public required string Status { get; init; }
    public required string Title { get; init; }
    public long? Severity { get; init; }
    public string? Host { get; init; }
    public string? User { get; init; }
    public required string Normal { get; init; }
    public required string Raw { get; init; }
    public string? Explanation { get; init; }

    public AlertRow ToRow() => new(
        Id, Source, DeliveryKey, Values.Time(ReceivedAt), Status, Title, (int?)Severity, Host, User,
        Parse(Normal), Raw, Explanation is null ? null : Parse(Explanation));

    private static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}

internal sealed class EffectRecord
{
    public required string Connection { get; init; }
    public required string Target { get; init; }
    public required string TargetName { get; init; }
    public required string Action { get; init; }
    public required string Effect { get; init; }
    public required string RunId { get; init; }
    public required string Path { get; init; }
    public long BeforeFree { get; init; }
    public required string Status { get; init; }
    public long At { get; init; }
    public long? Until { get; init; }

    public EffectRow ToRow() => new(
        Connection, Target, TargetName, Action, Values.Enum<Sdk.Effect>(Effect), RunId, Path, BeforeFree != 0, Status, Values.Time(At), Values.Time(Until));
}

internal sealed class ApiKeyRecord
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Scopes { get; init; }
    public required string CreatedBy { get; init; }
    public long CreatedAt { get; init; }
    public long? LastUsedAt { get; init; }
    public long? RevokedAt { get; init; }
    public string? AllowedFrom { get; init; }
    public long? PerMinute { get; init; }
    public long Signs { get; init; }

    public Engine.Access.ApiKeyRow ToRow() => new(
        Id, Name, Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), CreatedBy, Values.Time(CreatedAt), Values.Time(LastUsedAt), Values.Time(RevokedAt))
    {
        AllowedFrom = AllowedFrom?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        PerMinute = (int?)PerMinute,
        Signs = Signs != 0,
    };
}

internal sealed class UserRecord
{
    public required string Name { get; init; }
    public required string Roles { get; init; }
    public required string Stamp { get; init; }
    public required string CreatedBy { get; init; }
    public long CreatedAt { get; init; }
    public string? PasswordHash { get; init; }
    public string? InviteHash { get; init; }
    public long? InviteUntil { get; init; }
    public long? LastSignInAt { get; init; }
    public long? DisabledAt { get; init; }
    public long Failures { get; init; }
    public long? LockedUntil { get; init; }
    public string? CodeSecret { get; init; }
    public long? CodeStep { get; init; }

    public Engine.Access.UserRow ToRow() => new(Name, Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries), Stamp, CreatedBy, Values.Time(CreatedAt))
    {
        PasswordHash = PasswordHash, InviteHash = InviteHash, InviteUntil = Values.Time(InviteUntil), LastSignInAt = Values.Time(LastSignInAt),
        DisabledAt = Values.Time(DisabledAt), Failures = (int)Failures, LockedUntil = Values.Time(LockedUntil),
        CodeSecret = CodeSecret, CodeStep = CodeStep,
    };

    public static UserRecord Of(Engine.Access.UserRow row) => new()
    {
        Name = row.Name, Roles = string.Join(' ', row.Roles), Stamp = row.Stamp, CreatedBy = row.CreatedBy, CreatedAt = Values.Of(row.CreatedAt),
        PasswordHash = row.PasswordHash, InviteHash = row.InviteHash, InviteUntil = Values.Of(row.InviteUntil), LastSignInAt = Values.Of(row.LastSignInAt),
        DisabledAt = Values.Of(row.DisabledAt), Failures = row.Failures, LockedUntil = Values.Of(row.LockedUntil),
        CodeSecret = row.CodeSecret, CodeStep = row.CodeStep,
    };
}

internal sealed class KillSwitchRecord
{
    public required string Scope { get; init; }
    public required string Name { get; init; }
    public required string ThrownBy { get; init; }
    public required string Reason { get; init; }
    public long At { get; init; }

    public KillSwitchRow ToRow() => new(Scope, Name, ThrownBy, Reason, Values.Time(At));
}

internal sealed class ErrandRecord
{
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public string? RunId { get; init; }
    public required string Payload { get; init; }
    public long Attempts { get; init; }
    public long? DueAt { get; init; }
    public string? Error { get; init; }

    public Errand ToErrand() => new(Id, Kind, RunId, JsonSerializer.Deserialize<JsonElement>(Payload), (int)Attempts, Values.Time(DueAt), Error);
}

internal sealed class CountRecord
{
    public required string Status { get; init; }
    public long Number { get; init; }
}

internal sealed class TimingRecord
{
    public required string Kind { get; init; }
    public long At { get; init; }
    public long Took { get; init; }
    public required string Playbook { get; init; }
    public string? What { get; init; }

    public Timing ToTiming() => new(Kind, Values.Time(At), TimeSpan.FromMilliseconds(Math.Max(0, Took)), Playbook, What);
}

internal sealed class VersionRecord
{
    public required string Playbook { get; init; }
    public long Number { get; init; }
    public required string Hash { get; init; }
    public required string Text { get; init; }
    public required string Writer { get; init; }
    public required string Comment { get; init; }
    public long At { get; init; }
    public string? ApprovedBy { get; init; }
}

internal sealed class DraftRecord
{
    public required string Playbook { get; init; }
    public required string Writer { get; init; }
    public required string Text { get; init; }
    public required string Base { get; init; }
    public long At { get; init; }
    public string? Proposed { get; init; }
}
