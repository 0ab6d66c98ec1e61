using Responder.Engine.Journal;

namespace Responder.Engine.Audit;

/// <summary>
/// Who did what. What runs do is in their journals, what changes a row is written with it; both are in the chain of links that the store writes with each
/// commit, and from there they are listed.
/// </summary>
public interface IAuditLog
{
    /// <summary>Writes down what changes no row of its own: a sign-in by a provider, a start. Completes after the commit.</summary>
    /// <param name="entry">What happened.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task WriteAsync(AuditEntry entry, CancellationToken cancel);

    /// <summary>A page of the audit, newest first. A page may hold fewer than asked for and still have a next one, where a filter passes over much.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<Page<AuditRecord>> ListAsync(AuditFilter filter, CancellationToken cancel);

    /// <summary>The newest link of each chain, as committed: to be kept apart, so that a cut end is noticed.</summary>
    /// <param name="all">True for the chains of every start there was; false for this one's.</param>
    /// <param name="cancel">Ends waiting.</param>
    Task<IReadOnlyList<AuditHead>> HeadsAsync(bool all, CancellationToken cancel);
}

/// <summary>A line of the audit.</summary>
/// <param name="Id">Its place: the same each time it is read.</param>
/// <param name="At">When.</param>
/// <param name="Writer">Whose chain it is in: a node and one of its starts.</param>
/// <param name="Link">The link's number in that chain.</param>
/// <param name="Entry">What happened.</param>
public sealed record AuditRecord(string Id, DateTimeOffset At, string Writer, long Link, AuditEntry Entry);

/// <summary>Which lines of the audit.</summary>
/// <param name="Kind">Of this kind.</param>
/// <param name="By">Of this person or machine.</param>
/// <param name="RunId">Of this run.</param>
/// <param name="Since">Not older than this.</param>
/// <param name="Until">Older than this.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Cursor">Where the page begins.</param>
public sealed record AuditFilter(
    string? Kind = null, string? By = null, string? RunId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, int Limit = 50, string? Cursor = null);

/// <summary>The newest link of a chain.</summary>
/// <param name="Writer">Whose.</param>
/// <param name="N">Its number.</param>
/// <param name="Mac">Its code.</param>
/// <param name="At">When it was written; in an anchor, when it was kept.</param>
public sealed record AuditHead(string Writer, long N, string Mac, DateTimeOffset At);
