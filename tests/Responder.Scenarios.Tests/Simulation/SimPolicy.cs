using Responder.Engine.Policy;
using Responder.Playbooks.Policies;

namespace Responder.Scenarios.Tests.Simulation;

/// <summary>A policy whose limits and leases are met within a world's life.</summary>
internal static class SimPolicy
{
    /// <summary>One isolation, one account of each connection, two deletions; what is isolated is so for two hours, accounts are disabled for a day and kept.</summary>
    public static PolicyRules Tight { get; } = Make("""
        version: tight
        assets: { domain-controllers: { roles: [domain controller] } }
        protected: [domain-controllers]
        rules: [{ id: destroy, effect: destroy, then: require_approval }]
        limits:
          - { id: isolations, action: edr.isolate_host, at_most: 1, window: 1h }
          - { id: accounts, action: identity.disable_user, at_most: 1, window: 1h, per: connection }
          - { id: deletions, action: [edr.delete_folder, edr.kill_process], at_most: 2, window: 1h }
        leases:
          - { id: isolation, action: edr.isolate_host, for: 2h, ask_before: 20m }
          - { id: account, action: identity.disable_user, for: 1d, ask_before: 1h, at_end: keep }
        deletable: { folders: ['C:\Temp\*'] }
        approvals: { time: 40m, remind_every: 15m }
        """);

    private static PolicyRules Make(string yaml) => new(PolicyFile.Read("tight.yaml", yaml, null).Policy ?? throw new InvalidOperationException("The simulation's policy has an error."));
}
