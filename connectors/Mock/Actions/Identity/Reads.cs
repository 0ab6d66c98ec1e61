using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Identity;

internal sealed class FindUserHandler(MockEstate estate) : IActionHandler<FindUser, UserFound>
{
    public Task<Outcome<UserFound>> RunAsync(FindUser action, ActionContext context) => Task.FromResult<Outcome<UserFound>>(
        estate.Read(company =>
        {
            var user = company.Identity.User(action.User);
            return new UserFound(user.Id, user.Upn, user.Name, user.Upn, user.Enabled, user.Department, user.Title, user.Manager, user.OnPremisesSynced);
        }));
}

internal sealed class ListGroupsHandler(MockEstate estate) : IActionHandler<ListGroups, GroupsListed>
{
    public Task<Outcome<GroupsListed>> RunAsync(ListGroups action, ActionContext context) => Task.FromResult<Outcome<GroupsListed>>(
        estate.Read(company =>
        {
            var user = company.Identity.User(action.User);
            return new GroupsListed([.. company.Identity.GroupsOf(user), .. user.Roles], company.Identity.PrivilegedOf(user));
        }));
}

internal sealed class ListMfaMethodsHandler(MockEstate estate) : IActionHandler<ListMfaMethods, MfaMethodsListed>
{
    public Task<Outcome<MfaMethodsListed>> RunAsync(ListMfaMethods action, ActionContext context) => Task.FromResult<Outcome<MfaMethodsListed>>(
        estate.Read(company =>
        {
            var methods = company.Identity.User(action.User).Mfa;
            return new MfaMethodsListed([.. methods], methods.Any(method => method != "password"));
        }));
}

internal sealed class ListSignInsHandler(MockEstate estate) : IActionHandler<ListSignIns, SignInsListed>
{
    public Task<Outcome<SignInsListed>> RunAsync(ListSignIns action, ActionContext context)
    {
        // What the estate has for later has not happened yet.
        var now = context.Time.GetUtcNow();
        return Task.FromResult<Outcome<SignInsListed>>(estate.Read(company =>
        {
            List<SignIn> found = [.. company.Identity.User(action.User).SignIns
                .Where(signIn => signIn.At <= now && (action.Since is not { } since || signIn.At >= since))
                .Take(action.Limit)];
            return new SignInsListed(
                found, found.Count, [.. found.Select(signIn => signIn.Country).OfType<string>().Distinct().Order(StringComparer.Ordinal)], found.Count(signIn => !signIn.Success));
        }));
    }
}
