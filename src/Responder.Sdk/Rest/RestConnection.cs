using Microsoft.Extensions.Logging;
using RestSharp;
using RestSharp.Interceptors;

namespace Responder.Sdk.Rest;

/// <summary>
/// One connection's way to its product: RestSharp over one HttpClient, with Polly's pipeline under it. Reads are tried again; a call that acts
/// is made once, behind the engine's last gate, which is asked when token, slot and body are there. Failures are <see cref="ActionFailure"/>s.
/// </summary>
public sealed class RestConnection : IDisposable
{
    private readonly RestSettings _settings;
    private readonly RestDialect _dialect;
    private readonly WireHandler _wire;
    private readonly HttpClient _http;
    private readonly HttpMessageInvoker _plain;
    private RestClient _client;

    /// <summary>Opens the connection; nothing is sent yet.</summary>
    /// <param name="settings">Where and how.</param>
    /// <param name="dialect">How the product speaks of errors and limits.</param>
    /// <param name="time">The clock of waits between tries.</param>
    /// <param name="log">For one debug line a call: method, path without query, status.</param>
    public RestConnection(RestSettings settings, RestDialect dialect, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_settings, _dialect) = (settings, dialect);
        _wire = new WireHandler(settings, dialect, time, log) { InnerHandler = Sockets.Make(settings) };
        _http = new HttpClient(_wire) { Timeout = Timeout.InfiniteTimeSpan };

        // A client takes no message that another client has marked as sent, which a library's is.
        _plain = new HttpMessageInvoker(_wire, disposeHandler: false);
        BaseAddress = settings.BaseAddress;
        _client = Client(BaseAddress);
    }

    /// <summary>The API's base address now.</summary>
    public Uri BaseAddress { get; private set; }

    /// <summary>Reads: may be tried again, and the token renewed once. Also for calls whose repeat is harmless by the product's own word.</summary>
    /// <param name="request">The request; its resource is below the base address, or a whole address at a known host.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <param name="options">What this call wants otherwise.</param>
    /// <exception cref="ActionFailure">Anything that went wrong, and an answer that is no success.</exception>
    public Task<RestAnswer> ReadAsync(RestRequest request, CancellationToken cancel, RestCallOptions? options = null) =>
        SendAsync(request, new WireCall(options ?? Usual, null, cancel));

    /// <summary>
    /// Acts: once. <see cref="ActionContext.ConfirmMayActAsync"/> is asked as the last thing before the socket; after it the call is let finish
    /// within its time-out, whoever cancels.
    /// </summary>
    /// <param name="request">As for <see cref="ReadAsync"/>.</param>
    /// <param name="context">The step's context.</param>
    /// <param name="options">What this call wants otherwise.</param>
    /// <exception cref="ActionFailure">As for <see cref="ReadAsync"/>; a lost answer is <see cref="FailureKind.Unknown"/>.</exception>
    public Task<RestAnswer> ActAsync(RestRequest request, ActionContext context, RestCallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return SendAsync(request, new WireCall(options ?? Usual, context.ConfirmMayActAsync, context.Cancel));
    }

    /// <summary>Sends what a vendor's own library wrote, as <see cref="ReadAsync"/> or <see cref="ActAsync"/> would; see <see cref="RestMessageHandler"/>.</summary>
    /// <param name="message">With a whole address at a known host. The library's own credential, if it set one, is replaced.</param>
    /// <param name="acts">The step's context for a call that acts; null for a read.</param>
    /// <param name="cancel">Ends waiting, of a read.</param>
    /// <param name="options">What this call wants otherwise.</param>
    /// <exception cref="ActionFailure">As for <see cref="ReadAsync"/> and <see cref="ActAsync"/>.</exception>
    public async Task<RestAnswer> SendAsync(HttpRequestMessage message, ActionContext? acts, CancellationToken cancel, RestCallOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Content is { } content)
        {
            // A library's body is a stream, mostly: another try must find its beginning.
            await content.LoadIntoBufferAsync(cancel);
        }

        var call = new WireCall(options ?? Usual, acts is null ? null : acts.ConfirmMayActAsync, acts?.Cancel ?? cancel);
        message.Options.Set(WireCall.Key, call);
        using var sent = await _plain.SendAsync(message, call.Acts ? CancellationToken.None : call.Cancel);
        return Judge(call.Answer!, call);
    }

    /// <summary>Goes on at another of the product's hosts: its region, as it was found out.</summary>
    /// <param name="address">The new base address.</param>
    /// <exception cref="ActionFailure">It is none of the product's known hosts.</exception>
    public void MoveTo(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _wire.Require(address);
        if (address != BaseAddress)
        {
            (BaseAddress, _client) = (address, Client(address));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plain.Dispose();
        _http.Dispose();
    }

    private static RestCallOptions Usual { get; } = new();

    private async Task<RestAnswer> SendAsync(RestRequest request, WireCall call)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Interceptors = [new Mark(call)];
        request.AdvancedResponseWriter = (_, sent) => new RestResponse(sent);

        // A call that acts is not ended from above: the handler itself watches the waiting, and lets the call finish once it is sent.
        var response = await _client.ExecuteAsync(request, call.Acts ? CancellationToken.None : call.Cancel);
        if (call.Answer is not { } answer)
        {
            call.Cancel.ThrowIfCancellationRequested();
            throw response.ErrorException as ActionFailure ?? response.ErrorException?.GetBaseException() as ActionFailure
                ?? new ActionFailure(FailureKind.Internal, $"{_settings.Product}: {response.ErrorMessage ?? "the call could not be made"}", response.ErrorException);
        }

        return Judge(answer, call);
    }

    private RestAnswer Judge(RestAnswer answer, WireCall call) =>
        call.Options.Raw || call.Options.Accept.Contains(answer.Status) || _dialect.ErrorOf(answer) is not { } error
            ? answer : throw WireFailures.Of(_settings.Product, _dialect, answer, error, call);

    private RestClient Client(Uri address) => new(
        _http,
        new RestClientOptions(address)
        {
            UserAgent = "Responder",
            Timeout = Timeout.InfiniteTimeSpan,
            RedirectOptions = new RedirectOptions { FollowRedirects = false },
        });

    /// <summary>Tells the handler which call the message belongs to.</summary>
    private sealed class Mark(WireCall call) : Interceptor
    {
        public override ValueTask BeforeHttpRequest(HttpRequestMessage requestMessage, CancellationToken cancellationToken)
        {
            requestMessage.Options.Set(WireCall.Key, call);
            return ValueTask.CompletedTask;
        }
    }
}
