namespace Responder.Web.Access;

/// <summary>The roles of people. A key may be given one with the scope <c>role:NAME</c>.</summary>
public static class Roles
{
    /// <summary>Sees.</summary>
    public const string Viewer = "viewer";

    /// <summary>Approves.</summary>
    public const string Analyst = "analyst";

    /// <summary>Approves escalations, undoes, settles.</summary>
    public const string Lead = "lead";

    /// <summary>Edits playbooks.</summary>
    public const string Author = "author";

    /// <summary>Does all.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Analyst, Lead, Author, Admin];

    /// <summary>True where one who has a role can do what another role can.</summary>
    /// <param name="has">The role that somebody has.</param>
    /// <param name="needed">The role that is needed.</param>
    public static bool Covers(string has, string needed) => has == needed || (has, needed) switch
    {
        (Admin, _) => All.Contains(needed),
        (Lead, Analyst or Viewer) or (Analyst, Viewer) or (Author, Viewer) => true,
        _ => false,
    };
}
