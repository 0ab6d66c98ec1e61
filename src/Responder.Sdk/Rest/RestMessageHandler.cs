using System.Net;

namespace Responder.Sdk.Rest;

/// <summary>
/// Stands under a vendor's own library (Microsoft.Graph, Azure.Identity) in place of sockets, so that its calls take the same way as all others: known hosts,
/// token, tries of reads, the last gate before a call that acts, time-out, breaker. The library's own retries are left out.
/// </summary>
/// <param name="rest">The connection.</param>
/// <param name="acts">The step's context where a message acts; null for a read.</param>
/// <param name="options">What the library's calls want otherwise.</param>
public sealed class RestMessageHandler(RestConnection rest, Func<HttpRequestMessage, ActionContext?>? acts = null, RestCallOptions? options = null) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await rest.SendAsync(request, acts?.Invoke(request), cancellationToken, options);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { RequestMessage = request, Content = new ByteArrayContent(answer.Body.ToArray()) };
        foreach (var (name, value) in answer.Headers)
        {
            // Decompressed and joined already: what the wire said of length and encoding is no longer so.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)
                && !response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
