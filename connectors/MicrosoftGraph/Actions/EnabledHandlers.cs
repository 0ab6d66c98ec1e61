using Microsoft.Graph.Models;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Identity;

namespace Responder.Connectors.MicrosoftGraph.Actions;

[Recovery(Recover.Repeat)]
internal sealed class DisableUserHandler(GraphApi graph, GraphUsers users) : IActionHandler<DisableUser, AccountState>, IReadsBefore<DisableUser>
{
    public Task<Outcome<AccountState>> RunAsync(DisableUser action, ActionContext context) => new AccountSwitch(graph, users, enable: false).SetAsync(action.User, context);

    public Task<Before> BeforeAsync(DisableUser action, ActionContext context) => new AccountSwitch(graph, users, enable: false).BeforeAsync(action.User, context);
}

[Recovery(Recover.Repeat)]
internal sealed class EnableUserHandler(GraphApi graph, GraphUsers users) : IActionHandler<EnableUser, AccountState>, IReadsBefore<EnableUser>
{
    public Task<Outcome<AccountState>> RunAsync(EnableUser action, ActionContext context) => new AccountSwitch(graph, users, enable: true).SetAsync(action.User, context);

    public Task<Before> BeforeAsync(EnableUser action, ActionContext context) => new AccountSwitch(graph, users, enable: true).BeforeAsync(action.User, context);
}

/// <summary>Whether an account may sign in: the state first, the one field alone, and the state until it is as wanted.</summary>
internal sealed class AccountSwitch(GraphApi graph, GraphUsers users, bool enable)
{
    public async Task<Outcome<AccountState>> SetAsync(string asked, ActionContext context)
    {
        var user = await users.FindAsync(asked, context.Cancel);
        if (user.AccountEnabled == enable)
        {
            return Outcome.AlreadySo(View(user));
        }

        await graph.Client.Users[user.Id].PatchAsync(new User { AccountEnabled = enable }, GraphApi.Acts(context), CancellationToken.None);
        return View(await ReadBack.UntilAsync(
            () => users.GetAsync(user.Id!, CancellationToken.None), now => now.AccountEnabled == enable, $"{user.UserPrincipalName} {(enable ? "enabled" : "disabled")}", context));
    }

    public async Task<Before> BeforeAsync(string asked, ActionContext context)
    {
        var enabled = (await users.FindAsync(asked, context.Cancel)).AccountEnabled != false;
        return new Before(enabled != enable, enabled ? "enabled" : "disabled");
    }

    private static AccountState View(User user) => new(user.Id!, user.UserPrincipalName ?? user.Id!, user.AccountEnabled != false, user.OnPremisesSyncEnabled == true);
}
