using System.Net;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Responder.Sdk.Rest;

/// <summary>The pipeline under a connection's HttpClient: tries, cooldown, bulkhead, breaker, known hosts, token, the last gate, time-out, size.</summary>
internal sealed partial class WireHandler(RestSettings settings, RestDialect dialect, TimeProvider time, ILogger log) : DelegatingHandler
{
    private const int MostRedirects = 5;

    private readonly WirePipelines _pipelines = new(settings, time);
    private readonly KnownHosts _hosts = new(settings.BaseAddress, settings.KnownHosts);

    /// <summary>The end of a rate limit that one call met, in ticks: the others wait for it too.</summary>
    private long _limitedUntil;

    /// <summary>Refuses an address that is none of the product's.</summary>
    public void Require(Uri address)
    {
        if (!_hosts.Knows(address))
        {
            throw new ActionFailure(
                FailureKind.Invalid,
                $"{settings.Product}: {address.Scheme}://{address.Authority} is none of the product's known hosts. Nothing was sent there.") { Code = "unknown_host" };
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = request.Options.TryGetValue(WireCall.Key, out var found) ? found : throw new InvalidOperationException("A call goes through RestConnection.");
        if (call.Acts)
        {
            // With a body, if an empty one: sockets send a request without a body a second time by themselves when the first connection closes.
            request.Content ??= new ByteArrayContent([]);
        }

        call.Made = (request.RequestUri!, request.Method, request.Content);
        var context = ResilienceContextPool.Shared.Get(call.Cancel);
        context.Properties.Set(WirePipelines.Call, call);
        try
        {
            call.Answer = call.Acts || call.Options.Once
                ? await GuardedAsync(request, call)
                : await _pipelines.Reads.ExecuteAsync(async (_, state) => await GuardedAsync(state.request, state.call), context, (request, call));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        return new HttpResponseMessage((HttpStatusCode)call.Answer.Status) { RequestMessage = request };
    }

    private async Task<RestAnswer> GuardedAsync(HttpRequestMessage request, WireCall call)
    {
        call.RetryAfter = null;
        try
        {
            var answer = await _pipelines.Guard.ExecuteAsync(async cancel => await OnceAsync(request, call, cancel), call.Cancel);
            if (answer.IsServerFault && _pipelines.Breaker.OpenSince is { } open)
            {
                (answer.CircuitSince, call.RetryAfter) = (open, _pipelines.Breaker.ComeAgain);
            }

            return answer;
        }
        catch (BrokenCircuitException exception)
        {
            throw _pipelines.Breaker.NotMade(exception);
        }
        catch (ActionFailure failure) when (ConnectionBreaker.IsSilence(failure) && _pipelines.Breaker.OpenSince is { } since)
        {
            throw failure.AtOpenCircuit(since, _pipelines.Breaker.ComeAgain);
        }
    }

    private async Task<RestAnswer> OnceAsync(HttpRequestMessage request, WireCall call, CancellationToken cancel)
    {
        Cooldown(call);
        var answer = await SignedAsync(request, call, cancel);
        if (dialect.IsStaleToken(answer) && call.TokenDropped && !call.Acts)
        {
            answer = await SignedAsync(request, call, cancel);
        }

        if (answer.Status == 429 || dialect.ErrorOf(answer) is { Kind: FailureKind.RateLimited })
        {
            var wait = dialect.RetryAfter(answer, time.GetUtcNow()) ?? TimeSpan.FromSeconds(5);
            call.RetryAfter = wait;
            Interlocked.Exchange(ref _limitedUntil, (time.GetUtcNow() + wait).UtcTicks);
        }
        else if (answer.Status >= 500)
        {
            call.RetryAfter = dialect.RetryAfter(answer, time.GetUtcNow());
        }

        return answer;
    }

    /// <summary>Signs in, sends, and follows redirects to known hosts. A call that acts is not sent anywhere else than it was meant for.</summary>
    private async Task<RestAnswer> SignedAsync(HttpRequestMessage request, WireCall call, CancellationToken cancel)
    {
        (request.RequestUri, request.Method, request.Content) = call.Made;
        for (var hops = 0; ; hops++)
        {
            Require(request.RequestUri!);
            var header = call.Options.Anonymous || settings.Auth is null ? null : await settings.Auth.HeaderAsync(cancel);
            if (header is not null)
            {
                request.Headers.Authorization = header;
                call.Credential = header.Parameter;
            }

            var (answer, next) = await WireAsync(request, call);
            if (header is not null && dialect.IsStaleToken(answer))
            {
                call.TokenDropped = settings.Auth!.Refused(header);
            }

            if (next is null || call.Acts || call.Options.Raw || call.Options.NoRedirects || hops == MostRedirects)
            {
                return answer;
            }

            if (answer.Status is not (307 or 308) && request.Method != HttpMethod.Head)
            {
                (request.Method, request.Content) = (HttpMethod.Get, null);
            }

            request.RequestUri = next;
        }
    }

    /// <summary>One exchange, read to its end within the time-out.</summary>
    private async Task<(RestAnswer Answer, Uri? Next)> WireAsync(HttpRequestMessage request, WireCall call)
    {
        var name = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var limit = call.Options.Timeout ?? settings.Timeout;
        if (call.Gate is { } gate)
        {
            await gate();
        }

        using var timeout = new CancellationTokenSource(limit);
        using var both = call.Acts ? null : CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Cancel);
        var token = both?.Token ?? timeout.Token;
        try
        {
            using var response = await base.SendAsync(request, token);
            await response.Content.LoadIntoBufferAsync(call.Options.BodyLimit ?? settings.BodyLimit, token);
            var answer = new RestAnswer
            {
                Call = name,
                Url = request.RequestUri,
                Status = (int)response.StatusCode,
                Headers = Headers(response),
                Body = await response.Content.ReadAsByteArrayAsync(token),
                Acts = call.Acts,
            };
            Answered(log, settings.Product, name, answer.Status);
            var next = WireFailures.IsRedirect(response.StatusCode) && response.Headers.Location is { } location ? new Uri(request.RequestUri, location) : null;
            return (answer, next);
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && !call.Acts && call.Cancel.IsCancellationRequested))
        {
            var failure = WireFailures.Of(settings.Product, name, exception, call.Acts, limit);
            NotAnswered(log, settings.Product, name, failure.Code);
            throw failure;
        }
    }

    private void Cooldown(WireCall call)
    {
        var left = new DateTimeOffset(Interlocked.Read(ref _limitedUntil), TimeSpan.Zero) - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            call.RetryAfter = left;
            throw new ActionFailure(FailureKind.RateLimited, $"{settings.Product} limits its callers for {left.TotalSeconds:0.#} s more. Nothing was sent.") { Code = "429", RetryAfter = left };
        }
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response) => response.Headers.Concat(response.Content.Headers)
        .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(group => group.Key, group => string.Join(", ", group.SelectMany(header => header.Value)), StringComparer.OrdinalIgnoreCase);

    [LoggerMessage(1401, LogLevel.Debug, "{Product}: {Call} answered {Status}")]
    private static partial void Answered(ILogger log, string product, string call, int status);

    [LoggerMessage(1402, LogLevel.Debug, "{Product}: {Call} had no answer: {Code}")]
    private static partial void NotAnswered(ILogger log, string product, string call, string? code);
}
