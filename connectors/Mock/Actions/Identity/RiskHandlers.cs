using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Identity;

[Recovery(Recover.Repeat)]
internal sealed class ConfirmCompromisedHandler(MockEstate estate) : IActionHandler<ConfirmCompromised, RiskState>, IReadsBefore<ConfirmCompromised>
{
    public Task<Outcome<RiskState>> RunAsync(ConfirmCompromised action, ActionContext context) => CloudUsers.ChangeAsync(
        estate, "identity.confirm_compromised", action.User, context,
        user => user.Compromised ? null : new CloudUserChanged(user.Id, Risk: "high", Compromised: true),
        user => new RiskState(user.Id, user.Risk));

    public Task<Before> BeforeAsync(ConfirmCompromised action, ActionContext context) => CloudUsers.RiskBefore(estate, action.User, compromised: true);
}

[Recovery(Recover.Repeat)]
internal sealed class DismissRiskHandler(MockEstate estate) : IActionHandler<DismissRisk, RiskState>, IReadsBefore<DismissRisk>
{
    public Task<Outcome<RiskState>> RunAsync(DismissRisk action, ActionContext context) => CloudUsers.ChangeAsync(
        estate, "identity.dismiss_risk", action.User, context,
        user => user is { Compromised: false, Risk: "none" } ? null : new CloudUserChanged(user.Id, Risk: "none", Compromised: false),
        user => new RiskState(user.Id, user.Risk));

    public Task<Before> BeforeAsync(DismissRisk action, ActionContext context) => CloudUsers.RiskBefore(estate, action.User, compromised: false);
}
