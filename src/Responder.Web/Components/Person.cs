using System.Security.Claims;
using Responder.Web.Access;

namespace Responder.Web.Components;

/// <summary>Who looks at the pages.</summary>
/// <param name="By">As journals name them: <c>user:mlee</c>.</param>
/// <param name="Scopes">What they may do.</param>
public sealed record Person(string By, IReadOnlyCollection<string> Scopes)
{
    /// <summary>Their name.</summary>
    public string Name => By.StartsWith("user:", StringComparison.Ordinal) ? By["user:".Length..] : By;

    /// <summary>Their roles.</summary>
    public IReadOnlyList<string> Roles => Access.Scopes.RolesOf(Scopes);

    /// <summary>True where they may do it.</summary>
    public bool Can(Permission permission) => Access.Scopes.Allow(Scopes, permission);

    /// <summary>Somebody who is signed in; null where nobody is.</summary>
    public static Person? Of(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Identity is not { IsAuthenticated: true })
        {
            return null;
        }

        var caller = Caller.Of(user);
        return new Person(caller.By, caller.Scopes);
    }
}
