using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Identity;
using RiskState = Responder.Sdk.Identity.RiskState;
using State = Microsoft.Graph.Models.RiskState;

namespace Responder.Connectors.MicrosoftGraph.Actions;

[Recovery(Recover.Repeat)]
internal sealed class ConfirmCompromisedHandler(GraphUsers users, GraphRisk risk) : IActionHandler<ConfirmCompromised, RiskState>, IReadsBefore<ConfirmCompromised>
{
    public async Task<Outcome<RiskState>> RunAsync(ConfirmCompromised action, ActionContext context)
    {
        var id = (await users.FindAsync(action.User, context.Cancel)).Id!;
        var now = await risk.OfAsync(id, context.Cancel);
        if (now.State == State.ConfirmedCompromised)
        {
            return Outcome.AlreadySo(new RiskState(id, now.Level));
        }

        await risk.ConfirmAsync(id, context);
        now = await ReadBack.UntilAsync(() => risk.OfAsync(id, CancellationToken.None), one => one.State == State.ConfirmedCompromised, $"{action.User} as confirmed compromised", context);
        return new RiskState(id, now.Level);
    }

    public async Task<Before> BeforeAsync(ConfirmCompromised action, ActionContext context)
    {
        var now = await risk.OfAsync((await users.FindAsync(action.User, context.Cancel)).Id!, context.Cancel);
        return new Before(now.State != State.ConfirmedCompromised, now.State == State.ConfirmedCompromised ? "confirmed compromised" : $"risk {now.Level}");
    }
}

[Recovery(Recover.Repeat)]
internal sealed class DismissRiskHandler(GraphUsers users, GraphRisk risk) : IActionHandler<DismissRisk, RiskState>, IReadsBefore<DismissRisk>
{
    public async Task<Outcome<RiskState>> RunAsync(DismissRisk action, ActionContext context)
    {
        var id = (await users.FindAsync(action.User, context.Cancel)).Id!;
        var now = await risk.OfAsync(id, context.Cancel);
        if (IsFree(now.State))
        {
            return Outcome.AlreadySo(new RiskState(id, now.Level));
        }

        await risk.DismissAsync(id, context);
        now = await ReadBack.UntilAsync(() => risk.OfAsync(id, CancellationToken.None), one => IsFree(one.State), $"the risk of {action.User} as dismissed", context);
        return new RiskState(id, now.Level);
    }

    public async Task<Before> BeforeAsync(DismissRisk action, ActionContext context)
    {
        var now = await risk.OfAsync((await users.FindAsync(action.User, context.Cancel)).Id!, context.Cancel);
        return new Before(!IsFree(now.State), now.State == State.ConfirmedCompromised ? "confirmed compromised" : $"risk {now.Level}");
    }

    private static bool IsFree(State state) => state is not (State.ConfirmedCompromised or State.AtRisk);
}
