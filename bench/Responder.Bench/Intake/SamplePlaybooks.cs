namespace Responder.Bench.Intake;

/// <summary>Playbooks for a measured server: one that the alerts start, and many that they don't, as a SOC's collection would be.</summary>
internal static class SamplePlaybooks
{
    /// <summary>One that opens a ticket for a host, and others for other alerts.</summary>
    /// <param name="count">How many in all.</param>
    public static IReadOnlyDictionary<string, string> Make(int count) => Enumerable.Range(0, count - 1)
        .ToDictionary(i => $"other-{i}", Other)
        .Append(KeyValuePair.Create("staged", Staged))
        .ToDictionary(StringComparer.Ordinal);

    private const string Staged = """
        id: staged
        name: Data staged on a host
        on:
          alert:
            when: alert.attack.includes('T1074.001') && alert.severity_score >= 70
            dedupe: { key: "${{ alert.device.hostname }}", window: 1h }
        inputs:
          hostname: { type: hostname, default: "${{ alert.device.hostname }}" }
        concurrency: { key: "host/${{ inputs.hostname }}", policy: queue }
        steps:
          - id: ticket
            uses: tickets.create
            with: { project: SOC, type: Incident, summary: "Data staged on ${{ inputs.hostname }}" }
          - uses: tickets.close
            with: { key: "${{ steps.ticket.key }}", resolution: Benign }
        """;

    // Seven of ten name a technique, two a source, and one says what no index can see.
    private static string Other(int i) => $$"""
        id: other-{{i}}
        name: Other {{i}}
        on:
          alert:
            when: {{(i % 10) switch
    {
        < 7 => $"alert.attack.includes('T{2000 + i}') && alert.severity_score >= 50",
        < 9 => $"alert.source == 'vendor{i}' && alert.severity == 'high'",
        _ => $"(alert.process.image ?? '').endsWith('tool{i}.exe')",
    }}}
        steps:
          - uses: tickets.create
            with: { project: SOC, type: Task, summary: "Other {{i}}" }
        """;
}
