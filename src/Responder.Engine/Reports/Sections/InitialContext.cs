using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports;

/// <summary>Section 1: what was detected, where, on whose account, how it reached us.</summary>
public sealed record InitialContext
{
    /// <summary>The alert source.</summary>
    public string? Source { get; init; }

    /// <summary>The source's id of the alert, else ours.</summary>
    public string? AlertId { get; init; }

    /// <summary>The alert's title.</summary>
    public string? Title { get; init; }

    /// <summary>The alert's summary.</summary>
    public string? Summary { get; init; }

    /// <summary>The alert's page at its source.</summary>
    public string? Url { get; init; }

    /// <summary>When it was detected.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>When it reached us.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The severity's word.</summary>
    public string? Severity { get; init; }

    /// <summary>0 to 100.</summary>
    public long? SeverityScore { get; init; }

    /// <summary>ATT&amp;CK technique ids.</summary>
    public required IReadOnlyList<string> Techniques { get; init; }

    /// <summary>The hosts that the alert names and the run found, the alert's first.</summary>
    public required IReadOnlyList<HostFacts> Hosts { get; init; }

    /// <summary>The accounts that the alert names and the run found, the alert's first.</summary>
    public required IReadOnlyList<AccountFacts> Accounts { get; init; }

    /// <summary>The process that the alert names.</summary>
    public ProcessFacts? Process { get; init; }

    /// <summary>The folder, else the file, that the alert names.</summary>
    public string? Path { get; init; }

    /// <summary>How many files the alert sums up.</summary>
    public long? Files { get; init; }

    /// <summary>Their sizes together.</summary>
    public long? Bytes { get; init; }

    /// <summary>How many events the alert sums up.</summary>
    public long? Events { get; init; }

    /// <summary>What the run was started with, where there was no alert.</summary>
    public required IReadOnlyList<InputFact> Inputs { get; init; }

    internal static InitialContext From(RunFacts facts)
    {
        var alert = facts.Trace.Alert;
        var counts = alert["counts"];
        return new InitialContext
        {
            Source = alert["source"].Text,
            AlertId = alert["source_id"].Text ?? alert["id"].Text ?? facts.Trace.Created?.AlertId,
            Title = alert["title"].Text,
            Summary = alert["summary"].Text,
            Url = alert["url"].Text,
            Time = alert["time"].Time,
            ReceivedAt = alert["received_at"].Time,
            Severity = alert["severity"].Text,
            SeverityScore = alert["severity_score"].Whole,
            Techniques = [.. alert["attack"].Texts.Distinct().Take(50)],
            Hosts = HostFacts.All(facts),
            Accounts = AccountFacts.All(facts),
            Process = ProcessFacts.Of(alert["process"]),
            Path = alert["file"]["parent_folder"].Text ?? alert["file"]["path"].Text ?? alert["file"]["name"].Text,
            Files = counts["files"].Whole,
            Bytes = counts["bytes"].Whole,
            Events = counts["events"].Whole,
            Inputs = alert.IsObject ? [] : InputFact.All(new Fields(facts.Trace.Created?.Inputs)),
        };
    }
}

/// <summary>A process as the alert names it.</summary>
/// <param name="Image">Its image.</param>
/// <param name="Pid">Its id.</param>
/// <param name="CommandLine">Its command line: hostile text.</param>
/// <param name="Sha256">The image's hash.</param>
/// <param name="Parent">Its parent's image.</param>
public sealed record ProcessFacts(string? Image, long? Pid, string? CommandLine, string? Sha256, string? Parent)
{
    private static readonly ProcessFacts Nothing = new(null, null, null, null, null);

    internal static ProcessFacts? Of(Fields process)
    {
        var facts = new ProcessFacts(process["image"].Text, process["pid"].Whole, process["cmd_line"].Text, process["sha256"].Text, process["parent"]["image"].Text);
        return facts == Nothing ? null : facts;
    }
}

/// <summary>An input of the run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text; JSON where it is a list or an object.</param>
public sealed record InputFact(string Name, string Value)
{
    private static readonly string[] NotShown = ["password", "secret", "token", "credential", "api_key"];

    internal static IReadOnlyList<InputFact> All(Fields inputs) =>
        [.. inputs.Members.Where(input => input.Value.Text is not null || input.Value.Items.Any())
            .Select(input => new InputFact(input.Name, Hidden(input.Name) ? "not shown" : input.Value.Text ?? string.Join(", ", input.Value.Texts))).Take(30)];

    private static bool Hidden(string name) => NotShown.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
