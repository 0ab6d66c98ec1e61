using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Identity;

[Recovery(Recover.Repeat)]
internal sealed class DisableUserHandler(MockEstate estate) : IActionHandler<DisableUser, AccountState>, IReadsBefore<DisableUser>
{
    public Task<Outcome<AccountState>> RunAsync(DisableUser action, ActionContext context) =>
        CloudUsers.EnableAsync(estate, "identity.disable_user", action.User, enable: false, context);

    public Task<Before> BeforeAsync(DisableUser action, ActionContext context) => CloudUsers.EnabledBefore(estate, action.User, wanted: false);
}

[Recovery(Recover.Repeat)]
internal sealed class EnableUserHandler(MockEstate estate) : IActionHandler<EnableUser, AccountState>, IReadsBefore<EnableUser>
{
    public Task<Outcome<AccountState>> RunAsync(EnableUser action, ActionContext context) =>
        CloudUsers.EnableAsync(estate, "identity.enable_user", action.User, enable: true, context);

    public Task<Before> BeforeAsync(EnableUser action, ActionContext context) => CloudUsers.EnabledBefore(estate, action.User, wanted: true);
}
