using System.Security.Claims;
using Responder.Engine.Access;

namespace Responder.Web.Access;

/// <summary>Who calls.</summary>
/// <param name="By">As journals name them: <c>key:NAME (ID)</c>.</param>
/// <param name="Scopes">What they may do.</param>
internal sealed record Caller(string By, IReadOnlyCollection<string> Scopes)
{
    private const string ScopeClaim = "scope";

    /// <summary>A role, as a claim.</summary>
    public static Claim RoleClaim(string role) => new(ScopeClaim, Access.Scopes.OfRole(role));

    /// <summary>The roles that they have.</summary>
    public IReadOnlyList<string> Roles => Access.Scopes.RolesOf(Scopes);

    public static Caller Of(ClaimsPrincipal user) => new(user.Identity?.Name ?? "nobody", [.. user.FindAll(ScopeClaim).Select(claim => claim.Value)]);

    /// <summary>A key's holder.</summary>
    public static ClaimsPrincipal Of(ApiKeyRow key, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, $"key:{key.Name} ({key.Id})"), .. key.Scopes.Select(scope => new Claim(ScopeClaim, scope))], scheme, ClaimTypes.Name, ClaimTypes.Role));
}
