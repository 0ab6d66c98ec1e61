using System.Net;
using System.Net.Http.Headers;
using Responder.Bench.Harness;

namespace Responder.Bench.Intake;

/// <summary>Delivers alerts as a careful sender does: what is not acknowledged is sent again.</summary>
internal sealed class Sender(ServerProcess server)
{
    private static readonly Uri Route = new("/api/alerts/generic", UriKind.Relative);

    private int _again;

    /// <summary>How often something was sent again.</summary>
    public int Again => _again;

    /// <summary>Sends a body until it is acknowledged.</summary>
    public async Task DeliverAsync(byte[] body, CancellationToken cancel)
    {
        while (!await TryAsync(body, cancel))
        {
            Interlocked.Increment(ref _again);
            await Task.Delay(100, cancel);
        }
    }

    /// <summary>Sends a body once; true where it was accepted.</summary>
    public async Task<bool> TryAsync(byte[] body, CancellationToken cancel)
    {
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await server.Api.PostAsync(Route, content, cancel);
            return answer.StatusCode switch
            {
                HttpStatusCode.Accepted => true,
                HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => false,
                _ => throw new InvalidOperationException($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancel)}"),
            };
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
