using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Playbooks.Graph;

namespace Responder.Hosting.Views;

/// <summary>A run as a picture: the definition that it is pinned to, each step coloured by how it stands.</summary>
public static class RunGraph
{
    /// <summary>Draws a stored run.</summary>
    /// <param name="node">Has its definition.</param>
    /// <param name="stored">The run with its whole journal.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <returns>A whole SVG document; steps that the run did not come to are plain.</returns>
    public static async Task<string> SvgAsync(ResponderNode node, StoredRun stored, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(stored);
        var state = Fold.All([.. stored.Events.Select(JournalCodec.Read)]);
        var plan = await node.Plans.GetAsync(state.Created!.DefinitionHash, state.Created.Playbook, cancel);
        return GraphWriter.Svg(plan.Root, StatusByPlace.Of(state.Steps.Values));
    }
}
