using System.Text.Json;

namespace Responder.Sdk.Alerts;

/// <summary>
/// Tells the product that sent an alert what became of it, when a run starts and when it ends. A connector adds one to its services in
/// <c>Configure</c>; settings turn it on (<c>WriteBack:CONNECTION</c>).
/// </summary>
/// <remarks>
/// Called at least once for each news. A repeat must change nothing: values are set again to what they are, and the comment, which ends in
/// <see cref="AlertNews.Key"/>, is left out where a comment with that key is there already. A failed call is made again later, with longer pauses.
/// </remarks>
public interface IAlertWriteBack
{
    /// <summary>The alert sources whose alerts it can write to: <c>crowdstrike</c>.</summary>
    IReadOnlyList<string> Sources { get; }

    /// <summary>Writes the news to the product's alert.</summary>
    /// <param name="news">What to write.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">
    /// What went wrong. <see cref="FailureKind.NotFound"/>, <see cref="FailureKind.Forbidden"/> and <see cref="FailureKind.Invalid"/> are not tried again.
    /// </exception>
    Task WriteAsync(AlertNews news, CancellationToken cancel);
}

/// <summary>How far the work on an alert is.</summary>
public enum AlertWork
{
    /// <summary>A run is at work, or ended without settling it: somebody has to look.</summary>
    InProgress,

    /// <summary>It is settled.</summary>
    Resolved,
}

/// <summary>What a run found an alert to be.</summary>
public enum AlertVerdict
{
    /// <summary>Nobody said.</summary>
    None,

    /// <summary>It was what it said: something was contained.</summary>
    TruePositive,

    /// <summary>Nothing happened.</summary>
    FalsePositive,

    /// <summary>It happened, and was meant.</summary>
    Benign,
}

/// <summary>News for the product that sent an alert.</summary>
/// <param name="Source">The alert's source.</param>
/// <param name="SourceId">The product's id of the alert.</param>
/// <param name="Work">How far the work is.</param>
/// <param name="Verdict">What it was found to be.</param>
/// <param name="Comment">For the people there; plain text that ends in <paramref name="Key"/>.</param>
/// <param name="Assignee">Who it is assigned to, in the product's own terms; null to leave that as it is.</param>
/// <param name="Key">The same for every repeat of this news, and for no other: letters, digits, <c>-</c> and <c>/</c>.</param>
/// <param name="Raw">The alert as it was received, for products whose id alone is not enough: a sender's word.</param>
public sealed record AlertNews(string Source, string SourceId, AlertWork Work, AlertVerdict Verdict, string Comment, string? Assignee, string Key, JsonElement Raw);
