using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>Orders to cut a host off or to let it back: the status first, the order once, kept where the host is offline.</summary>
internal static class IsolationOrders
{
    public static async Task<Outcome<HostIsolation>> GiveAsync(MockEstate estate, string action, string id, string? note, Isolation wanted, ActionContext context)
    {
        var (hostname, next) = estate.Read(company =>
        {
            var host = company.Host(id);
            return (host.Hostname, Next(host, wanted));
        });
        if (next is not null)
        {
            await context.ConfirmMayActAsync();
            next = null;
            estate.Do(EffectBy.Step(action, hostname, context), company => Next(company.Host(id), wanted) is { } to
                ? new IsolationChanged(company.Host(id).Id, (next = to).Value, note is { Length: > 500 } ? note[..500] : note)
                : null);
        }

        return estate.Read(company =>
        {
            var host = company.Host(id);
            var waits = host.Isolation is Isolation.Pending or Isolation.ReleasePending;
            var answer = new HostIsolation(host.Id, host.Hostname, waits ? "pending" : Json.Word(host.Isolation), waits ? null : host.IsolatedAt);
            return waits ? Outcome.Pending(answer) : next is null ? Outcome.AlreadySo(answer) : answer;
        });
    }

    public static Before Before(MockEstate estate, string id, Isolation wanted) => estate.Read(company =>
    {
        var host = company.Host(id);
        return new Before(host.Isolation != wanted, Json.Word(host.Isolation));
    });

    /// <summary>The state that the order leads to; null where the host is there, or on its way.</summary>
    private static Isolation? Next(Host host, Isolation wanted) => (host.Isolation, wanted) switch
    {
        (Isolation.Isolated or Isolation.Pending, Isolation.Isolated) => null,
        (Isolation.Normal or Isolation.ReleasePending, Isolation.Normal) => null,

        // An order that waits for the host is withdrawn; it never was in force.
        (Isolation.Pending, Isolation.Normal) => Isolation.Normal,
        (Isolation.ReleasePending, Isolation.Isolated) => throw new ActionFailure(
            FailureKind.Conflict, $"{host.Hostname} waits to be released. Find out who ordered it before it is isolated again."),
        (_, Isolation.Isolated) => host.Online ? Isolation.Isolated : Isolation.Pending,
        _ => host.Online ? Isolation.Normal : Isolation.ReleasePending,
    };
}
