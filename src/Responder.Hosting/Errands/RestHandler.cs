using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Hosting.Intake;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Hosting.Errands;

/// <summary>Fetches what a product left out when it sent an alert, and takes it in as if it had been sent.</summary>
internal sealed class RestHandler(ResponderNode node, AlertIntake intake) : IErrandHandler
{
    public string Kind => AlertErrands.Rest;

    public async Task<ErrandEnd> DoAsync(Errand errand, CancellationToken cancel)
    {
        var order = errand.Payload.Deserialize<RestOrder>(Json.Options)!;
        var rest = node.Connections.ServiceOf<IAlertRest>(order.Connection)
            ?? throw new ActionFailure(FailureKind.NotFound, $"There is no connection '{order.Connection}' any more from which the rest could be fetched.");
        if (await node.Store.Queries.AlertAsync(order.AlertId, cancel) is not { } alert)
        {
            return ErrandEnd.Done;
        }

        var documents = await rest.FetchAsync(order.Reference, JsonSerializer.Deserialize<JsonElement>(alert.Raw), cancel);
        foreach (var some in documents.Chunk(200))
        {
            await intake.TakeAsync(rest.Source, JsonSerializer.SerializeToUtf8Bytes(some), null, cancel, complete: true);
        }

        return ErrandEnd.Done;
    }
}
