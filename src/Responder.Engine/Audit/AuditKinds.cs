namespace Responder.Engine.Audit;

/// <summary>The kinds of what is audited; the names are the API's.</summary>
public static class AuditKinds
{
    /// <summary>A person's answer, or how a gate was decided, a step settled, a run started, cancelled or let go on.</summary>
    public const string Decision = "decision";

    /// <summary>An intent to act on a product, and what came of it.</summary>
    public const string Effect = "effect";

    /// <summary>What policy said, and which policy is in force.</summary>
    public const string Policy = "policy";

    /// <summary>A playbook came into force, or out of it.</summary>
    public const string Playbook = "playbook";

    /// <summary>Somebody signed in, could not, or signed out.</summary>
    public const string SignIn = "sign_in";

    /// <summary>An API key was made or revoked.</summary>
    public const string Key = "key";

    /// <summary>An account was made, invited, disabled.</summary>
    public const string User = "user";

    /// <summary>Roles were given to another, or taken back.</summary>
    public const string Delegation = "delegation";

    /// <summary>The program started, and with which settings.</summary>
    public const string Setting = "setting";

    /// <summary>A kill switch was thrown or lifted.</summary>
    public const string KillSwitch = "kill_switch";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Decision, Effect, Policy, Playbook, SignIn, Key, User, Delegation, Setting, KillSwitch];
}
