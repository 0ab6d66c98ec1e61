using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Directory;

[Recovery(Recover.Repeat)]
internal sealed class DisableComputerHandler(MockEstate estate) : IActionHandler<DisableComputer, AccountState>, IReadsBefore<DisableComputer>
{
    public Task<Outcome<AccountState>> RunAsync(DisableComputer action, ActionContext context) =>
        DirectoryAccounts.EnableComputerAsync(estate, "directory.disable_computer", action.Hostname, enable: false, context);

    public Task<Before> BeforeAsync(DisableComputer action, ActionContext context) => DirectoryAccounts.ComputerBefore(estate, action.Hostname, wanted: false);
}

[Recovery(Recover.Repeat)]
internal sealed class EnableComputerHandler(MockEstate estate) : IActionHandler<EnableComputer, AccountState>, IReadsBefore<EnableComputer>
{
    public Task<Outcome<AccountState>> RunAsync(EnableComputer action, ActionContext context) =>
        DirectoryAccounts.EnableComputerAsync(estate, "directory.enable_computer", action.Hostname, enable: true, context);

    public Task<Before> BeforeAsync(EnableComputer action, ActionContext context) => DirectoryAccounts.ComputerBefore(estate, action.Hostname, wanted: true);
}
