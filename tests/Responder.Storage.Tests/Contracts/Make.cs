using System.Text;
using System.Text.Json;
using Responder.Engine;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;
using Responder.Playbooks.Language;

namespace Responder.Storage.Tests;

/// <summary>Small things to store.</summary>
internal static class Make
{
    public static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-03-04T05:06:07.890Z", System.Globalization.CultureInfo.InvariantCulture);

    public static readonly RunRow Working = new(RunStatus.Running, null, null, null, T0, null, Owned: true);

    public static readonly RunRow Waits = new(RunStatus.Waiting, null, "waits", null, T0, null, Owned: false);

    public static readonly RunRow Ended = new(RunStatus.Succeeded, "contained", null, null, T0, T0, Owned: false);

    public static StoredEvent Event(long seq, string text = "x") => new(seq, T0, "warning_noted", 1, Encoding.UTF8.GetBytes($$"""{"message":{{JsonSerializer.Serialize(text)}}}"""));

    public static JournalBatch Batch(string run, long expected, long epoch, int events = 1, RunRow? row = null, IntentGuard? guard = null, params RowChange[] changes) => new()
    {
        RunId = run,
        ExpectedSeq = expected,
        Epoch = epoch,
        Events = [.. Enumerable.Range(1, events).Select(index => Event(expected + index))],
        Row = row ?? Working,
        Changes = changes,
        Guard = guard,
    };

    public static NewRun Run(string id, string? owner = "node-1", string playbook = "contain") => new()
    {
        RunId = id,
        Playbook = playbook,
        DefinitionHash = "sha256:00",
        Title = $"{playbook} on ws-1",
        StartedBy = "alert",
        CreatedAt = T0,
        Created = Event(1, "created"),
        Owner = owner,
        OnBusy = ConcurrencyPolicy.Queue,
    };

    public static AlertRow Alert(string id, string? delivery = null) => new(
        id, "sysmon", delivery, T0, "accepted", "Data staged", 73, "ws-1", "alex", JsonSerializer.SerializeToElement(new { title = "Data staged" }),
        """{"EventID":11}""", null);

    public static IntentGuard Guard(string path, params string[] targets) =>
        new("falcon", "contain", [.. targets.Select(target => new TargetKey("falcon", target))], path);

    public static ApprovalRow Approval(string id, string run, DateTimeOffset? deadline = null) => new(
        id, run, "steps[0]", "isolate", "Isolate ws-1?", "pending", T0, deadline,
        new GateRequest { Id = id, Title = "Isolate ws-1?", Roles = ["analyst"], Choices = ["approve", "reject"], OnTimeout = "reject", Hash = "sha256:11" });
}
