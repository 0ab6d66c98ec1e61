using Responder.Engine.Policy;

namespace Responder.Engine.Journal;

/// <summary>What an effect counts against: so many in a window, over all runs and nodes.</summary>
/// <param name="Key">What is counted together: the limit's name, with what it counts apart.</param>
/// <param name="Limit">The limit's name.</param>
/// <param name="AtMost">How many there may be.</param>
/// <param name="Window">In how long.</param>
/// <param name="Roles">Who may approve one more.</param>
/// <param name="Of">What is counted apart, for people; null where all is counted together.</param>
/// <param name="Approved">True where people approved one more: it is counted, and not stopped.</param>
public sealed record QuotaUse(string Key, string Limit, int AtMost, TimeSpan Window, IReadOnlyList<string> Roles, string? Of = null, bool Approved = false)
{
    private const string Limits = "limits.";

    /// <summary>The rule's name in an answer.</summary>
    public string Rule => Limits + Limit;

    /// <summary>True where a finding comes from a limit.</summary>
    /// <param name="finding">The finding.</param>
    public static bool IsOf(PolicyFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Rule.StartsWith(Limits, StringComparison.Ordinal);
    }
}
