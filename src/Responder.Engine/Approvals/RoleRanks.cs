namespace Responder.Engine.Approvals;

/// <summary>Roles that decide, from the least: a higher one can do what a lower one can.</summary>
internal static class RoleRanks
{
    private static readonly string[] Ranks = ["viewer", "analyst", "lead", "admin"];

    /// <summary>A role's place; -1 for one beside them.</summary>
    public static int Of(string role) => Array.IndexOf(Ranks, role);

    /// <summary>The place that the least of some roles has: whoever has that may answer.</summary>
    public static int Least(IReadOnlyList<string> roles) => roles.Count == 0 ? -1 : roles.Min(Of);

    /// <summary>The stricter of two lists.</summary>
    public static IReadOnlyList<string> Stricter(IReadOnlyList<string> one, IReadOnlyList<string> other) => other.Count > 0 && Least(other) > Least(one) ? other : one;

    /// <summary>True where somebody with these roles may answer a gate for those.</summary>
    public static bool MayAnswer(IReadOnlyCollection<string> has, IReadOnlyList<string> asked) =>
        asked.Any(role => has.Contains(role) || (Of(role) >= 0 && has.Any(one => Of(one) >= Math.Max(Of(role), 1))));
}
