using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Storage.Sqlite;

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
        Id, RunId, Path, StepId, Title, Status, Values.Time(AskedAt), Values.Time(Deadline), Approvals.Gate(Gate), Choice, DecidedBy, Values.Time(ClosedAt));
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
