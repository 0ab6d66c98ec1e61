using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Identity;

namespace Responder.Connectors.Mock.Actions.Identity;

/// <summary>Changes of a cloud account: the state first, the change once.</summary>
internal static class CloudUsers
{
    public static async Task<Outcome<T>> ChangeAsync<T>(
        MockEstate estate, string action, string user, ActionContext context, Func<CloudUser, CloudUserChanged?> change, Func<CloudUser, T> result)
    {
        EstateEffect? done = null;
        if (estate.Read(company => change(company.Identity.User(user))) is not null)
        {
            await context.ConfirmMayActAsync();
            done = estate.Do(EffectBy.Step(action, estate.Read(company => company.Identity.User(user).Upn), context), company => change(company.Identity.User(user)));
        }

        var answer = estate.Read(company => result(company.Identity.User(user)));
        return done is null ? Outcome.AlreadySo(answer) : answer;
    }

    public static Task<Outcome<AccountState>> EnableAsync(MockEstate estate, string action, string user, bool enable, ActionContext context) => ChangeAsync(
        estate, action, user, context,
        found => found.Enabled == enable ? null : new CloudUserChanged(found.Id, Enabled: enable),
        found => new AccountState(found.Id, found.Upn, found.Enabled, found.OnPremisesSynced));

    public static Task<Before> EnabledBefore(MockEstate estate, string user, bool wanted) => Task.FromResult(estate.Read(company =>
    {
        var enabled = company.Identity.User(user).Enabled;
        return new Before(enabled != wanted, enabled ? "enabled" : "disabled");
    }));

    public static Task<Before> RiskBefore(MockEstate estate, string user, bool compromised) => Task.FromResult(estate.Read(company =>
    {
        var found = company.Identity.User(user);
        return new Before(found.Compromised != compromised, found.Compromised ? "confirmed compromised" : $"risk {found.Risk}");
    }));
}
