using Microsoft.AspNetCore.Http;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>Which permissions Graph wants for a call, by its reference: one of several sets.</summary>
internal static class GraphScopes
{
    private static readonly string[] Users = ["User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"];

    public static bool Allow(HttpRequest request, IReadOnlySet<string> roles)
    {
        var path = request.Path.Value ?? string.Empty;
        string[] sets = (request.Method, path) switch
        {
            _ when path.Contains("/authentication/", StringComparison.Ordinal) => ["UserAuthenticationMethod.Read.All", "UserAuthenticationMethod.ReadWrite.All"],
            _ when path.Contains("evokeSignInSessions", StringComparison.Ordinal) => ["User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
            _ when path.Contains("emberOf", StringComparison.Ordinal) => ["GroupMember.Read.All", "Group.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"],
            ("PATCH", _) when path.Contains("/users/", StringComparison.Ordinal) => ["User.EnableDisableAccount.All", "User-PasswordProfile.ReadWrite.All", "User.ReadWrite.All", "Directory.ReadWrite.All"],
            _ when path.Contains("/users", StringComparison.Ordinal) => Users,
            _ when path.Contains("/organization", StringComparison.Ordinal) => ["Organization.Read.All", .. Users],
            _ when path.Contains("/auditLogs/", StringComparison.Ordinal) => ["AuditLog.Read.All"],
            _ when path.Contains("iskyUsers", StringComparison.Ordinal) => request.Method == "GET" ? ["IdentityRiskyUser.Read.All", "IdentityRiskyUser.ReadWrite.All"] : ["IdentityRiskyUser.ReadWrite.All"],
            _ when path.Contains("alerts_v2", StringComparison.Ordinal) => request.Method == "GET" ? ["SecurityAlert.Read.All", "SecurityAlert.ReadWrite.All"] : ["SecurityAlert.ReadWrite.All"],
            _ => [],
        };
        return sets.Length == 0 || sets.Any(roles.Contains);
    }
}
