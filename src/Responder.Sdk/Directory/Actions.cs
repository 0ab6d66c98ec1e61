using Responder.Sdk.Identity;

namespace Responder.Sdk.Directory;

/// <summary>Finds a user of the directory on premises.</summary>
/// <param name="User">Mail address, user principal name or account name.</param>
[Action("directory.find_user", Effect.Read)]
public sealed record FindDirectoryUser(string User) : IAction<DirectoryUserFound>;

/// <summary>A user of the directory on premises.</summary>
/// <param name="Id">The distinguished name.</param>
/// <param name="Account">The account name (sAMAccountName).</param>
/// <param name="Name">The shown name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Enabled">True where the account may sign in.</param>
/// <param name="Sid">The security id.</param>
/// <param name="LastLogonAt">The last sign-in, as this server knows it.</param>
public sealed record DirectoryUserFound(string Id, string Account, string Name, string? Email, bool Enabled, string? Sid, DateTimeOffset? LastLogonAt);

/// <summary>Lists the groups of a user on premises, nesting resolved.</summary>
/// <param name="User">Mail address, user principal name or account name.</param>
[Action("directory.list_groups", Effect.Read)]
public sealed record ListDirectoryGroups(string User) : IAction<GroupsListed>;

/// <summary>Finds a computer account.</summary>
/// <param name="Hostname">The computer's name.</param>
[Action("directory.find_computer", Effect.Read)]
public sealed record FindComputer([property: Form("hostname")] string Hostname) : IAction<ComputerFound>;

/// <summary>A computer account.</summary>
/// <param name="Id">The distinguished name.</param>
/// <param name="Name">The computer's name.</param>
/// <param name="Os">Operating system.</param>
/// <param name="Enabled">True where it may sign in.</param>
/// <param name="DomainController">True where it is one.</param>
public sealed record ComputerFound(string Id, string Name, string? Os, bool Enabled, bool DomainController);

/// <summary>Bars an account on premises from signing in.</summary>
/// <param name="User">Mail address, user principal name or account name.</param>
[Action("directory.disable_user", Effect.Contain, Undo = typeof(EnableDirectoryUser))]
public sealed record DisableDirectoryUser([property: Target(TargetKind.DirectoryUser)] string User) : IAction<AccountState>;

/// <summary>Lets an account on premises sign in again.</summary>
/// <param name="User">Mail address, user principal name or account name.</param>
[Action("directory.enable_user", Effect.Contain, Undo = typeof(DisableDirectoryUser), Lifts = true)]
public sealed record EnableDirectoryUser([property: Target(TargetKind.DirectoryUser)] string User) : IAction<AccountState>;

/// <summary>Bars a computer account from signing in.</summary>
/// <param name="Hostname">The computer's name.</param>
[Action("directory.disable_computer", Effect.Contain, Undo = typeof(EnableComputer))]
public sealed record DisableComputer([property: Target(TargetKind.Computer), Form("hostname")] string Hostname) : IAction<AccountState>;

/// <summary>Lets a computer account sign in again.</summary>
/// <param name="Hostname">The computer's name.</param>
[Action("directory.enable_computer", Effect.Contain, Undo = typeof(DisableComputer), Lifts = true)]
public sealed record EnableComputer([property: Target(TargetKind.Computer), Form("hostname")] string Hostname) : IAction<AccountState>;

/// <summary>Sets a random password on premises that nobody keeps, to be changed at the next sign-in.</summary>
/// <param name="User">Mail address, user principal name or account name.</param>
[Action("directory.reset_password", Effect.Contain, NoUndo = "the old password is not known to us; the owner gets a new one from the help desk")]
public sealed record ResetDirectoryPassword([property: Target(TargetKind.DirectoryUser)] string User) : IAction<PasswordReset>;
