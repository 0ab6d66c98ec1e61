using System.Text.Json;

namespace Responder.Engine.Journal;

/// <summary>
/// What is to be done outside because something was committed: written in the same transaction, done afterwards, at least once. An errand that is done
/// is gone; one that was given up stays for people to see.
/// </summary>
public interface IErrands
{
    /// <summary>Takes errands that are due. Until the lease is over nobody else gets them; then whoever asks does, because the taker is gone.</summary>
    /// <param name="now">The time.</param>
    /// <param name="lease">How long they are the taker's.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<IReadOnlyList<Errand>> TakeAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancel);

    /// <summary>It is done. Completes after the commit.</summary>
    Task DoneAsync(string id, CancellationToken cancel);

    /// <summary>It is put off, or given up. Completes after the commit.</summary>
    /// <param name="id">The errand.</param>
    /// <param name="due">When it is tried again; null to give it up.</param>
    /// <param name="why">For people; null where nothing went wrong and it is only too early, which does not count as an attempt.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task PutOffAsync(string id, DateTimeOffset? due, string? why, CancellationToken cancel);

    /// <summary>Those that are there, given up ones first.</summary>
    Task<IReadOnlyList<Errand>> ListAsync(int limit, CancellationToken cancel);
}

/// <summary>An errand.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Who does it: <c>alert.news</c>, <c>alert.rest</c>.</param>
/// <param name="RunId">The run that it is of; null for one of an alert.</param>
/// <param name="Payload">What is to be done.</param>
/// <param name="Attempts">How often it was tried and failed.</param>
/// <param name="DueAt">When it is due; null where it was given up, or waits for its run's end.</param>
/// <param name="Error">Why the last attempt failed.</param>
public sealed record Errand(string Id, string Kind, string? RunId, JsonElement Payload, int Attempts, DateTimeOffset? DueAt, string? Error);

/// <summary>An errand to write down with an admission.</summary>
/// <param name="Id">Its id: one that is there already is not written again.</param>
/// <param name="Kind">Who does it.</param>
/// <param name="Payload">What is to be done.</param>
/// <param name="AtEnd">True where it is due when its run has ended; else at once.</param>
public sealed record NewErrand(string Id, string Kind, JsonElement Payload, bool AtEnd = false);
