using System.Collections.Concurrent;
using Responder.Engine.Journal;
using Responder.Playbooks;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Host;

/// <summary>Definitions, compiled once and kept by content hash.</summary>
/// <param name="definitions">Where they are stored.</param>
/// <param name="catalog">Every action there is.</param>
public sealed class PlanCache(IDefinitions definitions, ActionCatalog catalog)
{
    private readonly ConcurrentDictionary<string, Plan> _plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _stored = new(StringComparer.Ordinal);

    /// <summary>The definition that a run is pinned to.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="playbook">The id of the playbook that was started.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<Plan> GetAsync(string hash, string playbook, CancellationToken cancel)
    {
        if (_plans.TryGetValue(hash, out var plan))
        {
            return plan;
        }

        var bundle = await definitions.GetAsync(hash, cancel) ?? throw new InvalidOperationException($"The store has no definition {hash}.");
        return _plans.GetOrAdd(hash, PlanCompiler.FromBundle(playbook, bundle, catalog));
    }

    /// <summary>Keeps a plan, in memory and in the store.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task KeepAsync(Plan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plans.TryAdd(plan.Hash, plan);
        if (_stored.ContainsKey(plan.Hash))
        {
            return;
        }

        await definitions.PutAsync(plan.Hash, plan.Root.Id, plan.Bundle, cancel);
        _stored.TryAdd(plan.Hash, true);
    }
}
