using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Directory;

/// <summary>Changes of accounts on premises: the state first, the change once.</summary>
internal static class DirectoryAccounts
{
    public static Task<Outcome<AccountState>> EnableUserAsync(MockEstate estate, string action, string user, bool enable, ActionContext context) => EnableAsync(
        estate, action, context,
        company => company.Directory.User(user) is var found ? (found.Dn, found.Account, found.Enabled) : default,
        account => new DirectoryUserChanged(account, Enabled: enable),
        enable);

    public static Task<Outcome<AccountState>> EnableComputerAsync(MockEstate estate, string action, string hostname, bool enable, ActionContext context) => EnableAsync(
        estate, action, context,
        company => company.Directory.Computer(hostname) is var found ? (found.Dn, found.Name, found.Enabled) : default,
        name => new ComputerChanged(name, enable),
        enable);

    public static Task<Before> UserBefore(MockEstate estate, string user, bool wanted) => Task.FromResult(Before(estate.Read(company => company.Directory.User(user).Enabled), wanted));

    public static Task<Before> ComputerBefore(MockEstate estate, string hostname, bool wanted) =>
        Task.FromResult(Before(estate.Read(company => company.Directory.Computer(hostname).Enabled), wanted));

    private static Before Before(bool enabled, bool wanted) => new(enabled != wanted, enabled ? "enabled" : "disabled");

    private static async Task<Outcome<AccountState>> EnableAsync(
        MockEstate estate, string action, ActionContext context, Func<Company, (string Dn, string Name, bool Enabled)> find, Func<string, Change> change, bool enable)
    {
        EstateEffect? done = null;
        var (dn, name, enabled) = estate.Read(find);
        if (enabled != enable)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step(action, name, context), company => find(company).Enabled == enable ? null : change(name));
        }

        var answer = new AccountState(dn, name, estate.Read(find).Enabled);
        return done is null ? Outcome.AlreadySo(answer) : answer;
    }
}
