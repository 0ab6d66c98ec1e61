using Responder.Connectors.MicrosoftGraph.Client;
using Responder.Sdk;
using Responder.Sdk.Entra;

namespace Responder.Connectors.MicrosoftGraph;

/// <summary>Signs in, reads one user, and tells from the token's roles which actions the app is allowed.</summary>
internal sealed class GraphCheck(GraphApi graph, GraphSettings settings) : IConnectionCheck
{
    private static readonly string[] Readers = ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];
    private static readonly string[] Switches = ["User.EnableDisableAccount.All + User.Read.All", "User.ReadWrite.All", "Directory.ReadWrite.All"];
    private static readonly string[] Risk = ["IdentityRiskyUser.ReadWrite.All"];
    private static readonly string[] AlertWriters = ["SecurityAlert.ReadWrite.All"];

    /// <summary>The sets of permissions that Graph's reference names for each call, the least first.</summary>
    private static readonly (string, IReadOnlyList<string>)[] Needs =
    [
        ("identity.find_user", Readers),
        ("identity.list_groups", ["GroupMember.Read.All + User.Read.All", "Group.Read.All + User.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"]),
        ("identity.list_sign_ins", ["AuditLog.Read.All"]),
        ("identity.list_mfa_methods", ["UserAuthenticationMethod.Read.All", "UserAuthenticationMethod.ReadWrite.All"]),
        ("identity.disable_user", Switches),
        ("identity.enable_user", Switches),
        ("identity.revoke_sessions", ["User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"]),
        ("identity.reset_password", ["User-PasswordProfile.ReadWrite.All"]),
        ("identity.confirm_compromised", Risk),
        ("identity.dismiss_risk", Risk),
        ("siem.get_alert", ["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"]),
        ("siem.update_alert", AlertWriters),
        ("siem.comment_alert", AlertWriters),
    ];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var token = await graph.Tokens.TakeAsync(cancel);
            var roles = EntraRoles.Of(token.Value) ?? new EntraRoles(settings.Entra.ClientId, settings.Entra.Tenant, []);
            var allowed = roles.Allow(Needs);
            if (allowed["identity.find_user"] is null)
            {
                await graph.Client.Users.GetAsync(request => (request.QueryParameters.Top, request.QueryParameters.Select) = (1, ["id"]), cancel);
            }

            return new Health(true, $"Signed in to the directory {roles.Tenant} as {roles.App}, at {settings.BaseUrl.Host}.", allowed);
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, new Dictionary<string, string?>());
        }
    }
}
