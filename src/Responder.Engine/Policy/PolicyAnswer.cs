namespace Responder.Engine.Policy;

/// <summary>What policy says of an effect on its resolved targets.</summary>
public enum PolicyVerdict
{
    /// <summary>It may go on.</summary>
    Allow,

    /// <summary>People must approve it first.</summary>
    RequireApproval,

    /// <summary>It must not happen.</summary>
    Refuse,
}

/// <summary>Policy's answer, with every rule that had a part in it.</summary>
/// <param name="Verdict">The strictest of the findings.</param>
/// <param name="Findings">Each rule that spoke and why.</param>
/// <param name="Roles">Who must approve, where approval is required.</param>
/// <param name="Count">How many.</param>
public sealed record PolicyAnswer(PolicyVerdict Verdict, IReadOnlyList<PolicyFinding> Findings, IReadOnlyList<string> Roles, int Count)
{
    /// <summary>Nothing to say.</summary>
    public static PolicyAnswer Allowed { get; } = new(PolicyVerdict.Allow, [], [], 0);
}

/// <summary>One rule's part in an answer.</summary>
/// <param name="Rule">Its name: <c>protected</c>, <c>deletable</c>, <c>gates.destroy</c>.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Reason">Why, naming the target.</param>
public sealed record PolicyFinding(string Rule, PolicyVerdict Verdict, string Reason);
