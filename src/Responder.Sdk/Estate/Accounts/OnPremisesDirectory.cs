using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>The directory on premises: users, groups, computers.</summary>
public sealed class OnPremisesDirectory
{
    /// <summary>Groups, by name.</summary>
    public Dictionary<string, AccountGroup> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Users, by account name.</summary>
    public Dictionary<string, DirectoryUser> Users { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Computers, by name.</summary>
    public Dictionary<string, DirectoryComputer> Computers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user of an account name (with or without domain), a mail address, user principal name or distinguished name.</summary>
    /// <param name="user">One of these.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public DirectoryUser User(string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var account = user[(user.IndexOf('\\', StringComparison.Ordinal) + 1)..];
        return Users.GetValueOrDefault(account)
            ?? Users.Values.FirstOrDefault(candidate => Same(candidate.Email, user) || Same(candidate.Dn, user) || Same(candidate.Sid, user))
            ?? throw new ActionFailure(FailureKind.NotFound, $"The directory on premises knows no user '{user}'.");
    }

    /// <summary>The computer of a name or distinguished name.</summary>
    /// <param name="hostname">The name.</param>
    /// <exception cref="ActionFailure">There is none.</exception>
    public DirectoryComputer Computer(string hostname) =>
        Computers.GetValueOrDefault(hostname)
        ?? Computers.Values.FirstOrDefault(candidate => Same(candidate.Dn, hostname))
        ?? throw new ActionFailure(FailureKind.NotFound, $"The directory on premises knows no computer '{hostname}'.");

    /// <summary>The groups of a user, nesting resolved.</summary>
    /// <param name="user">The user.</param>
    public IReadOnlyList<string> GroupsOf(DirectoryUser user) => AccountGroup.Closure(Groups, user.Groups.Count > 0 ? user.Groups : ["Domain Users"]);

    /// <summary>Those of a user's groups that give administrative rights.</summary>
    /// <param name="user">The user.</param>
    public IReadOnlyList<string> PrivilegedOf(DirectoryUser user) => [.. GroupsOf(user).Where(group => Groups.GetValueOrDefault(group)?.Privileged == true)];

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A user on premises.</summary>
public sealed class DirectoryUser
{
    /// <summary>The account name.</summary>
    [JsonIgnore]
    public string Account { get; internal set; } = string.Empty;

    /// <summary>The distinguished name.</summary>
    public required string Dn { get; init; }

    /// <summary>The shown name.</summary>
    public required string Name { get; init; }

    /// <summary>The mail address and user principal name.</summary>
    public string? Email { get; init; }

    /// <summary>The security id.</summary>
    public string? Sid { get; init; }

    /// <summary>Groups that it is a direct member of.</summary>
    public List<string> Groups { get; } = [];

    /// <summary><c>service-account</c>, <c>break-glass</c>.</summary>
    public List<string> Tags { get; } = [];

    /// <summary>The last sign-in.</summary>
    public DateTimeOffset? LastLogonAt { get; init; }

    /// <summary>True where it may sign in.</summary>
    [JsonInclude]
    public bool Enabled { get; internal set; } = true;

    /// <summary>When the password was last set by us; null where it was not.</summary>
    [JsonIgnore]
    public DateTimeOffset? PasswordSetAt { get; internal set; }
}

/// <summary>A computer account.</summary>
public sealed class DirectoryComputer
{
    /// <summary>Its name.</summary>
    [JsonIgnore]
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The distinguished name.</summary>
    public required string Dn { get; init; }

    /// <summary>Operating system.</summary>
    public string? Os { get; init; }

    /// <summary>True where it is a domain controller.</summary>
    public bool DomainController { get; init; }

    /// <summary>True where it may sign in.</summary>
    [JsonInclude]
    public bool Enabled { get; internal set; } = true;
}
