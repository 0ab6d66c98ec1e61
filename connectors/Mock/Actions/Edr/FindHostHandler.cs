using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

internal sealed class FindHostHandler(MockEstate estate) : IActionHandler<FindHost, HostFound>
{
    public Task<Outcome<HostFound>> RunAsync(FindHost action, ActionContext context) => Task.FromResult<Outcome<HostFound>>(
        estate.Read(company => company.HostsNamed(action.Hostname) switch
        {
            [var only] => HostView.Of(only, context.Time),
            [] => throw new ActionFailure(FailureKind.NotFound, $"The EDR knows no host named '{action.Hostname}'."),
            var several => throw new ActionFailure(
                FailureKind.Conflict,
                $"The EDR knows {several.Count} hosts named '{action.Hostname}': {string.Join(", ", several.Select(host => $"{host.Id} ({host.Ip})"))}. Remove the stale one there, or act by id."),
        }));
}
