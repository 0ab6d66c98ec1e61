using Responder.Sdk;

namespace Responder.Playbooks.Policies;

/// <summary>A policy as it was written: what must hold whatever a playbook says.</summary>
public sealed record PolicyDocument
{
    /// <summary>The author's word for this edition; null where there is none.</summary>
    public string? Version { get; init; }

    /// <summary><c>sha256:…</c> of the text.</summary>
    public required string Hash { get; init; }

    /// <summary>The text.</summary>
    public required string Source { get; init; }

    /// <summary>Sets of hosts and accounts, by name.</summary>
    public required IReadOnlyDictionary<string, AssetSet> Assets { get; init; }

    /// <summary>The sets that need a lead, always.</summary>
    public required IReadOnlyList<string> Protected { get; init; }

    /// <summary>In the order written: the first that meets an action decides.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    /// <summary>How many effects of a kind there may be in a window.</summary>
    public required IReadOnlyList<LimitRule> Limits { get; init; }

    /// <summary>Folders that may be deleted: <c>C:\Temp\*</c>.</summary>
    public required IReadOnlyList<string> DeletableFolders { get; init; }

    /// <summary>How long a gate waits where the playbook does not say.</summary>
    public required TimeSpan GateTime { get; init; }
}

/// <summary>A set of hosts and accounts: whatever meets any of its lists is in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ids">Canonical ids, or patterns of them.</param>
/// <param name="Names">Names, or patterns of them.</param>
/// <param name="Tags">The product's tags; what stands before a tag's last <c>/</c> may be left out.</param>
/// <param name="Roles">What the product says it is.</param>
/// <param name="Groups">Groups, nesting resolved.</param>
/// <param name="Owners">Who uses or owns it.</param>
/// <param name="Why">For people.</param>
public sealed record AssetSet(
    string Name, IReadOnlyList<string> Ids, IReadOnlyList<string> Names, IReadOnlyList<string> Tags, IReadOnlyList<string> Roles,
    IReadOnlyList<string> Groups, IReadOnlyList<string> Owners, string? Why);

/// <summary>Which actions something is about; an empty list and a null say nothing.</summary>
public sealed record PolicyCondition
{
    /// <summary>Effects.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>Actions, or patterns of them.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Playbooks, or patterns of them.</summary>
    public IReadOnlyList<string> Playbooks { get; init; } = [];

    /// <summary>Connections, or patterns of them.</summary>
    public IReadOnlyList<string> Connections { get; init; } = [];

    /// <summary>Names of asset sets, one of which a target is in.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>From this severity on, 0 to 100.</summary>
    public int? SeverityAtLeast { get; init; }

    /// <summary>Below this severity.</summary>
    public int? SeverityBelow { get; init; }

    /// <summary>Only then.</summary>
    public HoursOfWeek? During { get; init; }

    /// <summary>Only apart from then.</summary>
    public HoursOfWeek? Outside { get; init; }
}

/// <summary>Hours of the week.</summary>
/// <param name="Days">The days; every day where there is none.</param>
/// <param name="From">From this time of day.</param>
/// <param name="To">To this time of day; where it is not after <paramref name="From"/>, it is the next day's.</param>
/// <param name="Zone">Where.</param>
public sealed record HoursOfWeek(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>True where a time is in it. Hours that pass midnight belong to the day that they begin on.</summary>
    /// <param name="time">The time.</param>
    public bool Holds(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, Zone);
        var clock = TimeOnly.FromTimeSpan(local.TimeOfDay);
        var today = local.DayOfWeek;
        return From < To
            ? On(today) && clock >= From && clock < To
            : (On(today) && clock >= From) || (On((DayOfWeek)(((int)today + 6) % 7)) && clock < To);
    }

    private bool On(DayOfWeek day) => Days.Count == 0 || Days.Contains(day);
}

/// <summary>What a rule says.</summary>
public enum PolicyThen
{
    /// <summary>It may go on.</summary>
    Allow,

    /// <summary>People must approve it first.</summary>
    RequireApproval,

    /// <summary>It must not happen.</summary>
    Refuse,
}

/// <summary>A rule.</summary>
/// <param name="Id">Its name.</param>
/// <param name="When">What it is about.</param>
/// <param name="Then">What it says.</param>
/// <param name="Roles">Who approves.</param>
/// <param name="Count">How many.</param>
/// <param name="Why">For people.</param>
public sealed record PolicyRule(string Id, PolicyCondition When, PolicyThen Then, IReadOnlyList<string> Roles, int Count, string? Why);

/// <summary>What a limit counts apart.</summary>
public enum LimitPer
{
    /// <summary>All together.</summary>
    All,

    /// <summary>Each action.</summary>
    Action,

    /// <summary>Each target.</summary>
    Target,

    /// <summary>Each playbook.</summary>
    Playbook,

    /// <summary>Each connection.</summary>
    Connection,
}

/// <summary>How many effects of a kind there may be in a window, over all runs and nodes; each one past that needs people.</summary>
/// <param name="Id">Its name.</param>
/// <param name="When">What it counts.</param>
/// <param name="AtMost">How many.</param>
/// <param name="Window">In how long.</param>
/// <param name="Per">What is counted apart.</param>
/// <param name="Roles">Who approves one past that.</param>
public sealed record LimitRule(string Id, PolicyCondition When, int AtMost, TimeSpan Window, LimitPer Per, IReadOnlyList<string> Roles);
