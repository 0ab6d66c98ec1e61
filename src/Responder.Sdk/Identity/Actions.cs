namespace Responder.Sdk.Identity;

/// <summary>Finds a user of the cloud directory, with the manager.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.find_user", Effect.Read)]
public sealed record FindUser(string User) : IAction<UserFound>;

/// <summary>A user of the cloud directory.</summary>
/// <param name="Id">The directory's id.</param>
/// <param name="Upn">The user principal name.</param>
/// <param name="Name">The shown name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Enabled">True where the account may sign in.</param>
/// <param name="Department">The department.</param>
/// <param name="Title">The job title.</param>
/// <param name="Manager">The manager's mail address.</param>
/// <param name="OnPremisesSynced">True where the account is mastered on premises: disable it there first.</param>
public sealed record UserFound(
    string Id, string Upn, string Name, string? Email, bool Enabled, string? Department, string? Title, string? Manager, bool OnPremisesSynced);

/// <summary>Lists the groups and roles of a user, nesting resolved.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.list_groups", Effect.Read)]
public sealed record ListGroups(string User) : IAction<GroupsListed>;

/// <summary>Groups and roles of an account.</summary>
/// <param name="Groups">Their names.</param>
/// <param name="Privileged">Those of them that give administrative rights.</param>
public sealed record GroupsListed(IReadOnlyList<string> Groups, IReadOnlyList<string> Privileged);

/// <summary>Lists recent sign-ins of a user.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
/// <param name="Since">Not older than this.</param>
/// <param name="Limit">At most so many, newest first.</param>
[Action("identity.list_sign_ins", Effect.Read)]
public sealed record ListSignIns(string User, DateTimeOffset? Since = null, int Limit = 100) : IAction<SignInsListed>;

/// <summary>Recent sign-ins.</summary>
/// <param name="SignIns">Newest first.</param>
/// <param name="Count">How many.</param>
/// <param name="Countries">The countries there were.</param>
/// <param name="Failures">How many failed.</param>
public sealed record SignInsListed(IReadOnlyList<SignIn> SignIns, int Count, IReadOnlyList<string> Countries, int Failures);

/// <summary>One sign-in.</summary>
/// <param name="At">When.</param>
/// <param name="Ip">From which address.</param>
/// <param name="City">City, by the vendor's table.</param>
/// <param name="Country">Two-letter country.</param>
/// <param name="App">To which application.</param>
/// <param name="Success">True where it succeeded.</param>
/// <param name="Risk">The vendor's risk: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c>.</param>
/// <param name="Mfa">True where a second factor was given.</param>
public sealed record SignIn(DateTimeOffset At, string? Ip, string? City, string? Country, string? App, bool Success, string? Risk, bool Mfa);

/// <summary>Lists the ways in which a user proves who they are.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.list_mfa_methods", Effect.Read)]
public sealed record ListMfaMethods(string User) : IAction<MfaMethodsListed>;

/// <summary>A user's methods.</summary>
/// <param name="Methods">The vendor's words: <c>password</c>, <c>phone</c>, <c>authenticator</c>, <c>fido2</c>.</param>
/// <param name="HasMfa">True where there is one besides the password.</param>
public sealed record MfaMethodsListed(IReadOnlyList<string> Methods, bool HasMfa);

/// <summary>Bars a cloud account from signing in.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.disable_user", Effect.Contain, Undo = typeof(EnableUser))]
public sealed record DisableUser([property: Target(TargetKind.User)] string User) : IAction<AccountState>;

/// <summary>Lets a cloud account sign in again.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.enable_user", Effect.Contain, Undo = typeof(DisableUser))]
public sealed record EnableUser([property: Target(TargetKind.User)] string User) : IAction<AccountState>;

/// <summary>An account's state after the change.</summary>
/// <param name="Id">The directory's id.</param>
/// <param name="User">Its name.</param>
/// <param name="Enabled">True where it may sign in.</param>
/// <param name="OnPremisesSynced">True where the next sync from on premises may set it back.</param>
public sealed record AccountState(string Id, string User, bool Enabled, bool OnPremisesSynced = false);

/// <summary>Tells the vendor's risk engine that an account is in the wrong hands.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.confirm_compromised", Effect.Contain, Undo = typeof(DismissRisk))]
public sealed record ConfirmCompromised([property: Target(TargetKind.User)] string User) : IAction<RiskState>;

/// <summary>Takes the risk of an account back.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.dismiss_risk", Effect.Contain, Undo = typeof(ConfirmCompromised))]
public sealed record DismissRisk([property: Target(TargetKind.User)] string User) : IAction<RiskState>;

/// <summary>An account's risk after the change.</summary>
/// <param name="Id">The directory's id.</param>
/// <param name="Risk">The vendor's word.</param>
public sealed record RiskState(string Id, string Risk);

/// <summary>Ends every session of a user: each must sign in again.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.revoke_sessions", Effect.Contain, NoUndo = "a session that has ended can't be given back; the user signs in again")]
public sealed record RevokeSessions([property: Target(TargetKind.User)] string User) : IAction<SessionsRevoked>;

/// <summary>Sessions ended.</summary>
/// <param name="Id">The directory's id.</param>
/// <param name="At">When.</param>
public sealed record SessionsRevoked(string Id, DateTimeOffset At);

/// <summary>Sets a random password that nobody keeps; the owner gets in by the help desk's own way and must change it.</summary>
/// <param name="User">Mail address, user principal name or id.</param>
[Action("identity.reset_password", Effect.Contain, NoUndo = "the old password is not known to us; the owner gets a new one from the help desk")]
public sealed record ResetPassword([property: Target(TargetKind.User)] string User) : IAction<PasswordReset>;

/// <summary>A password was set.</summary>
/// <param name="Id">The directory's id.</param>
/// <param name="MustChange">True where the owner must change it at the next sign-in.</param>
/// <param name="At">When.</param>
/// <param name="OnPremisesSynced">True where the account is mastered on premises: reset it there, too, or the old password comes back with the next sync.</param>
public sealed record PasswordReset(string Id, bool MustChange, DateTimeOffset At, bool OnPremisesSynced = false);
