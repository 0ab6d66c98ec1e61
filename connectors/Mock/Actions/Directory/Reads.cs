using Responder.Sdk;
using Responder.Sdk.Directory;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Directory;

internal sealed class FindDirectoryUserHandler(MockEstate estate) : IActionHandler<FindDirectoryUser, DirectoryUserFound>
{
    public Task<Outcome<DirectoryUserFound>> RunAsync(FindDirectoryUser action, ActionContext context) => Task.FromResult<Outcome<DirectoryUserFound>>(
        estate.Read(company =>
        {
            var user = company.Directory.User(action.User);
            return new DirectoryUserFound(user.Dn, user.Account, user.Name, user.Email, user.Enabled, user.Sid, user.LastLogonAt);
        }));
}

internal sealed class ListDirectoryGroupsHandler(MockEstate estate) : IActionHandler<ListDirectoryGroups, GroupsListed>
{
    public Task<Outcome<GroupsListed>> RunAsync(ListDirectoryGroups action, ActionContext context) => Task.FromResult<Outcome<GroupsListed>>(
        estate.Read(company =>
        {
            var user = company.Directory.User(action.User);
            return new GroupsListed(company.Directory.GroupsOf(user), company.Directory.PrivilegedOf(user));
        }));
}

internal sealed class FindComputerHandler(MockEstate estate) : IActionHandler<FindComputer, ComputerFound>
{
    public Task<Outcome<ComputerFound>> RunAsync(FindComputer action, ActionContext context) => Task.FromResult<Outcome<ComputerFound>>(
        estate.Read(company =>
        {
            var computer = company.Directory.Computer(action.Hostname);
            return new ComputerFound(computer.Dn, computer.Name, computer.Os, computer.Enabled, computer.DomainController);
        }));
}
