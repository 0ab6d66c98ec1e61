namespace Responder.Web.Tests.Bench;

/// <summary>Small playbooks over the mock estate, each for one thing.</summary>
internal static class Samples
{
    /// <summary>Isolates a host behind a gate, and ends.</summary>
    public const string Isolate = """
        id: isolate
        name: Isolate a host
        on:
          alert:
            when: alert.attack.includes('T1074.001')
            dedupe: { key: "${{ alert.device.hostname }}", window: 1h }
          manual: true
        inputs:
          hostname: { type: hostname, default: "${{ alert?.device?.hostname }}" }
        steps:
          - id: host
            uses: edr.find_host
            with: { hostname: "${{ inputs.hostname }}" }
          - id: isolate
            uses: edr.isolate_host
            with: { host: "${{ steps.host.id }}", note: test }
            approval: { roles: [analyst], timeout: 10m, fields: { why: { type: string, required: false } } }
        """;

    /// <summary>Isolates a host without a gate.</summary>
    public const string IsolateAtOnce = """
        id: isolate-at-once
        name: Isolate a host at once
        on: { manual: true }
        inputs:
          hostname: { type: hostname }
        steps:
          - id: host
            uses: edr.find_host
            with: { hostname: "${{ inputs.hostname }}" }
          - id: isolate
            uses: edr.isolate_host
            with: { host: "${{ steps.host.id }}", note: test }
        """;

    /// <summary>Waits for an event, and ends with what it brings.</summary>
    public const string Waits = """
        id: waits
        name: Wait for an event
        on: { manual: true }
        outputs: { ticket: "${{ steps.patched?.ticket ?? null }}" }
        steps:
          - id: patched
            wait: { event: patched }
            timeout: 1h
        """;

    /// <summary>Calls a product whose calls nobody can know the end of.</summary>
    public const string Doubtful = """
        id: doubtful
        name: Block an address at the gateway
        on: { manual: true }
        steps:
          - id: block
            uses: http.request
            connection: mail_gateway
            effect: contain
            recovery: ask
            with: { method: POST, path: /blocks, expect: [404] }
        """;

    /// <summary>Holds a slot until the event comes.</summary>
    /// <param name="policy">What a second run does.</param>
    public static string Slot(string policy) => $$$"""
        id: slot-{{{policy}}}
        name: One at a time
        on: { manual: true }
        concurrency: { key: one, policy: {{{policy}}} }
        steps:
          - wait: { event: go }
            timeout: 1h
        """;
}
