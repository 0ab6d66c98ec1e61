namespace Responder.Sdk.Chat;

/// <summary>What a question must have, whoever puts it.</summary>
public static class Questions
{
    /// <summary>Two to six choices, each with a text of its own.</summary>
    /// <param name="choices">The choices.</param>
    /// <exception cref="ActionFailure">They are fewer, more, empty or the same.</exception>
    public static void Check(IReadOnlyList<string> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count is < 2 or > 6)
        {
            throw new ActionFailure(FailureKind.Invalid, $"A question has two to six choices, this one {choices.Count}.");
        }

        if (choices.Any(string.IsNullOrWhiteSpace) || choices.Distinct(StringComparer.OrdinalIgnoreCase).Count() < choices.Count)
        {
            throw new ActionFailure(FailureKind.Invalid, "Each choice of a question has a text of its own.");
        }
    }

    /// <summary>The result while nobody has answered.</summary>
    /// <param name="to">Who was asked.</param>
    public static Outcome<Answered> Open(string to) => Outcome.Awaiting(new Answered(null, to, null, null, Unverified: true));
}
