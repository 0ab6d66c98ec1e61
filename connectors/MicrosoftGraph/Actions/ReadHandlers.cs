using Microsoft.Graph.Models;
using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Identity;

namespace Responder.Connectors.MicrosoftGraph.Actions;

internal sealed class FindUserHandler(GraphUsers users) : IActionHandler<FindUser, UserFound>
{
    public async Task<Outcome<UserFound>> RunAsync(FindUser action, ActionContext context)
    {
        var user = await users.FindAsync(action.User, context.Cancel);
        return new UserFound(
            user.Id!, user.UserPrincipalName ?? user.Id!, user.DisplayName ?? user.UserPrincipalName ?? user.Id!, user.Mail, user.AccountEnabled != false, user.Department, user.JobTitle,
            GraphUsers.ManagerOf(user), user.OnPremisesSyncEnabled == true);
    }
}

internal sealed class ListGroupsHandler(GraphUsers users, GraphGroups groups) : IActionHandler<ListGroups, GroupsListed>
{
    public async Task<Outcome<GroupsListed>> RunAsync(ListGroups action, ActionContext context)
    {
        var member = await groups.OfAsync((await users.FindAsync(action.User, context.Cancel)).Id!, context.Cancel);
        return new GroupsListed(member.All, member.Privileged);
    }
}

internal sealed class ListMfaMethodsHandler(GraphApi graph, GraphUsers users) : IActionHandler<ListMfaMethods, MfaMethodsListed>
{
    /// <summary>A password is one factor; a mail address serves the reset of a password and no sign-in.</summary>
    private static readonly string[] NoSecondFactor = ["password", "email"];

    public async Task<Outcome<MfaMethodsListed>> RunAsync(ListMfaMethods action, ActionContext context)
    {
        var user = await users.FindAsync(action.User, context.Cancel);
        var found = await graph.Client.Users[user.Id].Authentication.Methods.GetAsync(cancellationToken: context.Cancel);
        List<string> methods = [.. (found?.Value ?? []).Select(Word).Distinct(StringComparer.Ordinal)];
        return new MfaMethodsListed(methods, methods.Except(NoSecondFactor).Any());
    }

    private static string Word(AuthenticationMethod method) => method switch
    {
        PasswordAuthenticationMethod => "password",
        PhoneAuthenticationMethod => "phone",
        MicrosoftAuthenticatorAuthenticationMethod => "authenticator",
        Fido2AuthenticationMethod => "fido2",
        WindowsHelloForBusinessAuthenticationMethod => "windows_hello",
        SoftwareOathAuthenticationMethod => "software_oath",
        TemporaryAccessPassAuthenticationMethod => "temporary_access_pass",
        EmailAuthenticationMethod => "email",
        _ => method.OdataType is { Length: > 0 } type ? System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(type[(type.LastIndexOf('.') + 1)..].Replace("AuthenticationMethod", string.Empty, StringComparison.Ordinal)) : "unknown",
    };
}
