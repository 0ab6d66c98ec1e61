namespace Responder.Web.Access;

/// <summary>The scopes of keys: a permission's own, that of one alert source (<c>alerts:write:splunk</c>), a role (<c>role:analyst</c>), or everything (<c>*</c>).</summary>
public static class Scopes
{
    /// <summary>Everything.</summary>
    public const string Everything = "*";

    private const string Role = "role:";

    /// <summary>True where a key's scopes allow what a route needs.</summary>
    /// <param name="scopes">The key's scopes.</param>
    /// <param name="needed">What is needed.</param>
    /// <param name="source">The alert source that the route is called for; null where it is none.</param>
    public static bool Allow(IReadOnlyCollection<string> scopes, Permission needed, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(needed);
        return scopes.Contains(Everything) || scopes.Contains(needed.Scope) || (source is not null && scopes.Contains(OfSource(source)))
            || RolesOf(scopes).Any(role => role == needed.Also || Roles.Covers(role, needed.Role));
    }

    /// <summary>The scope of a key that may only deliver alerts of one source: the only kind that may stand in an address.</summary>
    /// <param name="source">The source.</param>
    public static string OfSource(string source) => $"{Permission.WriteAlerts.Scope}:{source}";

    /// <summary>The scope that gives a role.</summary>
    /// <param name="role">The role.</param>
    public static string OfRole(string role) => Role + role;

    /// <summary>The roles that scopes give.</summary>
    /// <param name="scopes">The scopes.</param>
    public static IReadOnlyList<string> RolesOf(IReadOnlyCollection<string> scopes) => scopes.Contains(Everything)
        ? [Roles.Admin]
        : [.. scopes.Where(scope => scope.StartsWith(Role, StringComparison.Ordinal)).Select(scope => scope[Role.Length..])];

    /// <summary>Why a scope is none; null where it is one.</summary>
    /// <param name="scope">As given.</param>
    /// <param name="isSource">True for a source's name.</param>
    public static string? Problem(string scope, Func<string, bool> isSource)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(isSource);
        var known = scope == Everything || Permission.All.Any(one => one.Scope == scope)
            || (scope.StartsWith(Role, StringComparison.Ordinal) && Roles.All.Contains(scope[Role.Length..]))
            || (scope.StartsWith(OfSource(string.Empty), StringComparison.Ordinal) && isSource(scope[OfSource(string.Empty).Length..]));
        return known
            ? null
            : $"'{scope}' is no scope; there are {string.Join(", ", Permission.All.Select(one => one.Scope))}, alerts:write:SOURCE, {string.Join(", ", Roles.All.Select(role => Role + role))} and {Everything}.";
    }
}
