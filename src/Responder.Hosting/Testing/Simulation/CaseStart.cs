using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Engine.Alerts;
using Responder.Engine.Journal;
using Responder.Engine.Matching;
using Responder.Hosting.Testing.Cases;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Testing.Simulation;

/// <summary>How a test's run starts: on an alert, which takes the whole way, or by hand.</summary>
/// <param name="Now">When.</param>
/// <param name="Start">What it starts with; null where no run starts.</param>
/// <param name="Refusal">Why none does.</param>
/// <param name="Alert">The alert in the normal form.</param>
/// <param name="ByHand">True where a person starts it.</param>
internal sealed record CaseStart(DateTimeOffset Now, PlannedStart? Start, string? Refusal, Alert? Alert, bool ByHand)
{
    private static readonly DateTimeOffset Unsaid = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The alert as it is stored; null without one.</summary>
    public AlertRow? Row => Alert is null ? null : new AlertRow(
        Alert.Id, Alert.Source, Alert.DeliveryKey, Alert.ReceivedAt, "accepted", Alert.Title ?? "alert", Alert.SeverityScore, Alert.Device.Hostname,
        Alert.User.Email ?? Alert.User.Name, Alert.ToJson(), Alert.Raw.GetRawText(), null);

    /// <summary>Works a start out.</summary>
    /// <param name="test">The test.</param>
    /// <param name="folder">The test's folder.</param>
    /// <param name="playbook">The playbook.</param>
    /// <param name="normalizer">Reads alerts.</param>
    public static CaseStart Resolve(PlaybookTest test, string folder, Playbook playbook, AlertNormalizer normalizer)
    {
        var document = test.Alert is { } file ? Document(Path.GetFullPath(Path.Combine(folder, file)), test) : null;
        var (now, alert, refusal) = document is null ? (test.Now ?? Unsaid, null, null) : Read(document, test.Now, normalizer);
        if (refusal is not null)
        {
            return new CaseStart(now, null, refusal, null, false);
        }

        var byHand = test.Inputs is not null || alert is null;
        if (!byHand)
        {
            var match = new Matcher([playbook]).Match(alert!, now);
            var why = match.Explanation.Failed.Concat(match.Explanation.Refused).Select(one => one.Reason);
            return match.Starts is [var only]
                ? new CaseStart(now, only, null, alert, false)
                : new CaseStart(now, null, string.Join(' ', why.DefaultIfEmpty(playbook.On.Alert is null ? "No alert starts this playbook." : $"`{playbook.On.Alert.When.Source}` is false for it.")), alert, false);
        }

        if (playbook.On is { Manual: false } on && (on.Alert is not null || on.Schedule is not null))
        {
            return new CaseStart(now, null, "This playbook is not started by hand; it lacks `on.manual: true`.", alert, true);
        }

        var given = StartResolver.Resolve(playbook, alert?.ToJson(), test.Inputs, now);
        return new CaseStart(now, given.Start, given.Start is null ? string.Join(' ', given.Problems.Select(one => one.Reason)) : null, alert, true);
    }

    private static (DateTimeOffset Now, Alert? Alert, string? Refusal) Read(string document, DateTimeOffset? now, AlertNormalizer normalizer)
    {
        // Read twice: the run starts at the alert's own time, which is known only when it was read.
        var time = now ?? (normalizer.Normalize(AlertNormalizer.Auto, document, Unsaid).Alerts is [var first, ..] ? first.Time : Unsaid);
        var result = normalizer.Normalize(AlertNormalizer.Auto, document, time);
        return result.Alerts is [var alert, ..]
            ? (time, alert, null)
            : (time, null, $"It holds no alert: {string.Join(' ', result.Refused.Select(one => string.Create(CultureInfo.InvariantCulture, $"[{one.Index}] {one.Reason}")))}");
    }

    private static string Document(string file, PlaybookTest test)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TestFileException($"alert: '{file}' can't be read: {exception.Message}");
        }

        if (test.Patch is null)
        {
            return text;
        }

        try
        {
            return MergePatch.Apply(JsonNode.Parse(text), test.Patch)!.ToJsonString();
        }
        catch (JsonException exception)
        {
            throw new TestFileException($"patch: '{file}' is not JSON, so nothing can be laid over it: {exception.Message}");
        }
    }
}
