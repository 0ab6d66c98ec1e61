using Microsoft.Graph.IdentityProtection.RiskyUsers.ConfirmCompromised;
using Microsoft.Graph.IdentityProtection.RiskyUsers.Dismiss;
using Microsoft.Graph.Models;
using Responder.Sdk;

namespace Responder.Connectors.MicrosoftGraph.Client;

/// <summary>Identity Protection's word on an account. Needs Entra ID P2.</summary>
internal sealed class GraphRisk(GraphApi graph)
{
    /// <summary>The risk now; an account that never was at risk is not known there.</summary>
    public async Task<(string Level, RiskState State)> OfAsync(string id, CancellationToken cancel)
    {
        try
        {
            var risk = await graph.Client.IdentityProtection.RiskyUsers[id].GetAsync(cancellationToken: cancel);
            return ((risk?.RiskLevel ?? RiskLevel.None).ToString().ToLowerInvariant(), risk?.RiskState ?? RiskState.None);
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.NotFound)
        {
            return ("none", RiskState.None);
        }
    }

    public Task ConfirmAsync(string id, ActionContext context) =>
        graph.Client.IdentityProtection.RiskyUsers.ConfirmCompromised.PostAsync(new ConfirmCompromisedPostRequestBody { UserIds = [id] }, GraphApi.Acts(context), CancellationToken.None);

    public Task DismissAsync(string id, ActionContext context) =>
        graph.Client.IdentityProtection.RiskyUsers.Dismiss.PostAsync(new DismissPostRequestBody { UserIds = [id] }, GraphApi.Acts(context), CancellationToken.None);
}
