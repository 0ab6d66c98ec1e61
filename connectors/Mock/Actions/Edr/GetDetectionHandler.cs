using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

internal sealed class GetDetectionHandler(MockEstate estate) : IActionHandler<GetDetection, DetectionFound>
{
    public Task<Outcome<DetectionFound>> RunAsync(GetDetection action, ActionContext context) => Task.FromResult<Outcome<DetectionFound>>(
        estate.Read(company =>
        {
            var found = Of(company, action.Id);
            var host = found.Host is { } name && company.Hosts.TryGetValue(name, out var known) ? known.Id : null;
            return new DetectionFound(action.Id, found.Title, found.Severity, found.Status, host, found.User, [.. found.Techniques], found.CreatedAt);
        }));

    public static Detection Of(Company company, string id) =>
        company.Detections.GetValueOrDefault(id) ?? throw new ActionFailure(FailureKind.NotFound, $"The EDR knows no detection '{id}'.");
}
