using System.Net;
using System.Net.Http.Headers;
using Responder.Sdk;

namespace Responder.Connectors.Http.Calls;

/// <summary>
/// One call of the connection's API. Plain HttpClient, since nothing is known of the API that a client library could help with: no proxy of the environment, no
/// redirect, no cookie, no retry of its own; the engine retries by the step's policy, which knows whether the step acts.
/// </summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly ProductInfoHeaderValue Agent = new("Responder", "1.0");

    private readonly HttpSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ConnectionBreaker _breaker;

    public ApiClient(HttpSettings settings, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
    {
        (_settings, _time) = (settings, time);
        _breaker = new ConnectionBreaker(settings.Base.Host, time);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 64, ConnectTimeout = TimeSpan.FromSeconds(15),
            ConnectCallback = new GuardedConnect(settings.Networks, lookUp ?? Dns.GetHostAddressesAsync).ConnectAsync,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The address of a path below the base address.</summary>
    /// <exception cref="ActionFailure">It would leave it.</exception>
    public Uri AddressOf(string path)
    {
        var root = _settings.Base;
        var fits = path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Any(letter => letter is '\\' or '#' || char.IsControl(letter) || char.IsWhiteSpace(letter));
        if (fits && Uri.TryCreate(root.AbsoluteUri.TrimEnd('/') + path, UriKind.Absolute, out var address)
            && (address.Scheme, address.IdnHost, address.Port, address.UserInfo) == (root.Scheme, root.IdnHost, root.Port, string.Empty)
            && address.AbsolutePath.StartsWith(root.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            return address;
        }

        throw new ActionFailure(FailureKind.Invalid, $"'{path}' is no path below {root.GetLeftPart(UriPartial.Path)}. It begins with one '/', and holds no blank, '\\', '#' or way up.");
    }

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">The request; the credential is put on it here.</param>
    /// <param name="mayGo">Asked right before it goes out.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task<ApiAnswer> SendAsync(HttpRequestMessage request, Func<ValueTask> mayGo, CancellationToken cancel)
    {
        if (_settings.Credential is { } credential)
        {
            request.Headers.Remove(credential.Name);
            request.Headers.TryAddWithoutValidation(credential.Name, credential.Value.Reveal());
        }

        request.Headers.UserAgent.Add(Agent);
        var answer = await _breaker.GuardAsync(wait => OnceAsync(request, mayGo, wait), cancel);
        return answer.IsServerFault && _breaker.OpenSince is { } since ? answer with { Circuit = (since, _breaker.ComeAgain) } : answer;
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<ApiAnswer> OnceAsync(HttpRequestMessage request, Func<ValueTask> mayGo, CancellationToken cancel)
    {
        await mayGo();
        using var time = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await ApiAnswer.ReadAsync(response, _settings, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancel.IsCancellationRequested)
        {
            throw new ActionFailure(FailureKind.Unknown, $"{_settings.Base.Host} did not answer within {_settings.Timeout.TotalSeconds:0} s (the setting Timeout).", exception) { Code = "no_answer" };
        }
        catch (HttpRequestException exception)
        {
            throw Sorted(exception);
        }
        catch (IOException exception)
        {
            throw new ActionFailure(FailureKind.Unknown, $"The connection to {_settings.Base.Host} was lost: {exception.Message}", exception) { Code = "no_answer" };
        }
    }

    private ActionFailure Sorted(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException refused } => new ActionFailure(FailureKind.Invalid, refused.Message, exception),
        { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } =>
            new ActionFailure(FailureKind.Transient, $"{_settings.Base.Host} can't be reached: {(exception.InnerException ?? exception).Message}", exception) { Code = "not_sent" },
        _ => new ActionFailure(FailureKind.Unknown, $"The connection to {_settings.Base.Host} was lost: {exception.Message}", exception) { Code = "no_answer" },
    };
}
