using System.Net.Http.Headers;
using System.Text;
using Responder.Sdk;

namespace Responder.Hosting.Audit;

/// <summary>Lines as one POST of <c>application/x-ndjson</c>; anything but a 2xx is a failure.</summary>
internal sealed class HttpSink(Uri address, Secret? token) : IAuditSink
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(30) };

    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(string.Join('\n', lines) + "\n", Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Reveal());
        try
        {
            using var response = await _http.SendAsync(request, cancel);
            if (!response.IsSuccessStatusCode)
            {
                throw new IOException($"{address.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode}; look at its address, and at the token.");
            }
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            throw new IOException($"{address.GetLeftPart(UriPartial.Path)} can't be reached: {failure.Message}", failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
