namespace Responder.Engine.Policy;

/// <summary>For how long a containment is meant, and what happens at the end.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="AskBefore">How long before its end people are asked to extend or release, in seconds.</param>
/// <param name="AtEnd">Where nobody says: <c>release</c>, or <c>keep</c>, which asks a lead.</param>
/// <param name="Roles">Who is asked.</param>
public sealed record LeaseTerms(double Seconds, double AskBefore, string AtEnd, IReadOnlyList<string> Roles)
{
    /// <summary>Released at the end.</summary>
    public const string Release = "release";

    /// <summary>Kept at the end, and a lead asked.</summary>
    public const string Keep = "keep";

    private static readonly string[] Analyst = ["analyst"];

    /// <summary>What holds: the shorter of the step's and the policy's, by the policy's terms where it has some; null where neither says.</summary>
    /// <param name="step">The step's own lease.</param>
    /// <param name="policy">The policy's.</param>
    public static LeaseTerms? Of(TimeSpan? step, LeaseTerms? policy) => (step, policy) switch
    {
        (null, _) => policy,
        ({ } own, null) => new LeaseTerms(own.TotalSeconds, Math.Min(3600, own.TotalSeconds / 4), Release, Analyst),
        ({ } own, { } terms) when own.TotalSeconds < terms.Seconds => terms with { Seconds = own.TotalSeconds, AskBefore = Math.Min(terms.AskBefore, own.TotalSeconds / 2) },
        _ => policy,
    };
}
