namespace Responder.Web.Editor;

/// <summary>What a new playbook begins as: without errors, started by a person, and acting on nothing.</summary>
internal static class NewPlaybook
{
    /// <summary>Its text.</summary>
    /// <param name="id">Its id.</param>
    public static string Text(string id) => $$$"""
        id: {{{id}}}
        name: {{{char.ToUpperInvariant(id[0])}}}{{{id[1..].Replace('-', ' ')}}}
        description: What it does, and when.
        owner: soc@company.com

        on:
          manual: true

        inputs:
          hostname: { type: hostname, description: The host that it is about. }

        steps:
          - id: host
            name: Find the host
            uses: edr.find_host
            with: { hostname: "${{ inputs.hostname }}" }

        """;
}
