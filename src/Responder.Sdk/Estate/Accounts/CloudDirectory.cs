using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>The cloud directory: users and groups.</summary>
public sealed class CloudDirectory
{
    /// <summary>Groups, by name.</summary>
    public Dictionary<string, AccountGroup> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Users, by user principal name.</summary>
    public Dictionary<string, CloudUser> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user of a user principal name, mail address, id or account name on premises.</summary>
    /// <param name="user">One of these.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public CloudUser User(string user) =>
        Users.GetValueOrDefault(user)
        ?? Users.Values.FirstOrDefault(candidate => string.Equals(candidate.Id, user, StringComparison.OrdinalIgnoreCase)
            || string.Equals(candidate.Account, user, StringComparison.OrdinalIgnoreCase))
        ?? throw new ActionFailure(FailureKind.NotFound, $"The cloud directory knows no user '{user}'.") { Code = "Request_ResourceNotFound" };

    /// <summary>The groups of a user, nesting resolved.</summary>
    /// <param name="user">The user.</param>
    public IReadOnlyList<string> GroupsOf(CloudUser user) => AccountGroup.Closure(Groups, user.Groups);

    /// <summary>Those of a user's groups and roles that give administrative rights.</summary>
    /// <param name="user">The user.</param>
    public IReadOnlyList<string> PrivilegedOf(CloudUser user) =>
        [.. GroupsOf(user).Where(group => Groups.GetValueOrDefault(group)?.Privileged == true), .. user.Roles];
}

/// <summary>A user of the cloud directory.</summary>
public sealed class CloudUser
{
    /// <summary>The user principal name.</summary>
    [JsonIgnore]
    public string Upn { get; internal set; } = string.Empty;

    /// <summary>The directory's id; made from the name where the estate gives none.</summary>
    [JsonInclude]
    public string Id { get; internal set; } = string.Empty;

    /// <summary>The shown name.</summary>
    [JsonInclude]
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The account name on premises.</summary>
    public string? Account { get; init; }

    /// <summary>The job title.</summary>
    public string? Title { get; init; }

    /// <summary>The department.</summary>
    public string? Department { get; init; }

    /// <summary>The manager's user principal name.</summary>
    public string? Manager { get; init; }

    /// <summary>Groups that it is a direct member of.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>Administrative roles.</summary>
    public List<string> Roles { get; } = [];

    /// <summary><c>service-account</c>, <c>break-glass</c>.</summary>
    public List<string> Tags { get; } = [];

    /// <summary>How it proves who it is.</summary>
    public List<string> Mfa { get; } = [];

    /// <summary>True where it is mastered on premises.</summary>
    public bool OnPremisesSynced { get; init; }

    /// <summary>True where it may sign in.</summary>
    [JsonInclude]
    public bool Enabled { get; internal set; } = true;

    /// <summary>The vendor's risk: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c>.</summary>
    [JsonInclude]
    public string Risk { get; internal set; } = "none";

    /// <summary>True where an analyst told the risk engine that the account is in the wrong hands.</summary>
    [JsonInclude]
    public bool Compromised { get; internal set; }

    /// <summary>Sessions that are open.</summary>
    [JsonInclude]
    public int Sessions { get; internal set; } = 1;

    /// <summary>Sign-ins, newest first.</summary>
    public List<Identity.SignIn> SignIns { get; } = [];

    /// <summary>Sessions begun before this are over; null where none were ended.</summary>
    [JsonIgnore]
    public DateTimeOffset? SessionsValidFrom { get; internal set; }

    /// <summary>When the password was last set by us; null where it was not.</summary>
    [JsonIgnore]
    public DateTimeOffset? PasswordSetAt { get; internal set; }

    /// <summary>True where the owner must change the password at the next sign-in.</summary>
    [JsonIgnore]
    public bool MustChangePassword { get; internal set; }
}

/// <summary>A group of accounts.</summary>
public sealed class AccountGroup
{
    /// <summary>The directory's id; the group's name where the estate gives none.</summary>
    public string? Id { get; init; }

    /// <summary>Its distinguished name, on premises.</summary>
    public string? Dn { get; init; }

    /// <summary>True where it gives administrative rights.</summary>
    public bool Privileged { get; init; }

    /// <summary>Groups that it is a member of itself.</summary>
    public List<string> MemberOf { get; } = [];

    /// <summary>The groups and all that they are members of, nearest first; groups that hold each other don't go round.</summary>
    internal static IReadOnlyList<string> Closure(Dictionary<string, AccountGroup> groups, IEnumerable<string> direct)
    {
        var found = new List<string>();
        var open = new Queue<string>(direct);
        while (open.TryDequeue(out var name))
        {
            if (found.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            found.Add(name);
            foreach (var parent in groups.GetValueOrDefault(name)?.MemberOf ?? [])
            {
                open.Enqueue(parent);
            }
        }

        return found;
    }
}
