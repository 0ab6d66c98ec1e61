using System.Text.Json;

namespace Responder.Sdk.Alerts;

/// <summary>
/// Fetches what a product left out when it sent an alert: Splunk's webhook carries only the first row of a search, and the rest is read by <c>sid</c>.
/// A connector adds one to its services in <c>Configure</c>.
/// </summary>
public interface IAlertRest
{
    /// <summary>The alert source whose deliveries are incomplete.</summary>
    string Source { get; }

    /// <summary>What the rest of a delivered document is fetched by; null where nothing is left out.</summary>
    /// <param name="document">As it was delivered: a sender's word, so it is no address to call.</param>
    string? ReferenceOf(JsonElement document);

    /// <summary>All that belongs to the reference, as documents of the source's form. What was delivered already may be among them: it is told apart by its id.</summary>
    /// <param name="reference">From <see cref="ReferenceOf"/>.</param>
    /// <param name="document">The document that was delivered.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">What went wrong; <see cref="FailureKind.NotFound"/> where the product keeps it no longer.</exception>
    Task<IReadOnlyList<JsonElement>> FetchAsync(string reference, JsonElement document, CancellationToken cancel);
}
