using Responder.Engine.Journal;

namespace Responder.Hosting.Errands;

/// <summary>Does errands of one kind.</summary>
internal interface IErrandHandler
{
    /// <summary>The kind.</summary>
    string Kind { get; }

    /// <summary>Does it; a repeat must change nothing. Throws <see cref="Sdk.ActionFailure"/> where it did not work.</summary>
    Task<ErrandEnd> DoAsync(Errand errand, CancellationToken cancel);
}

/// <summary>How an errand ended.</summary>
/// <param name="ComeBackIn">Too early: it is to be tried again then. Null where it is done.</param>
internal readonly record struct ErrandEnd(TimeSpan? ComeBackIn)
{
    public static ErrandEnd Done => default;

    public static ErrandEnd TooEarly(TimeSpan wait) => new(wait);
}
