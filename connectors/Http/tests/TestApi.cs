using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Responder.Connectors.Http.Tests;

/// <summary>What a test's API answers.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Drop">Hang up in place of an answer.</param>
internal sealed record TestAnswer(int Status, string? Body = null, IReadOnlyDictionary<string, string>? Headers = null, bool Drop = false);

/// <summary>A request as the API got it.</summary>
internal sealed record TestCall(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>An API on loopback that answers what a test says.</summary>
internal sealed class TestApi : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<TestCall, TestAnswer> _answer;
    private readonly Task _work;

    public TestApi(Func<TestCall, TestAnswer> answer)
    {
        _answer = answer;
        (_listener, Port) = Start();
        _work = ServeAsync();
    }

    public int Port { get; }

    public ConcurrentQueue<TestCall> Calls { get; } = new();

    public void Dispose()
    {
        _listener.Close();
        _work.Wait();
    }

    private static (HttpListener, int) Start()
    {
        for (var tries = 0; ; tries++)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/", $"http://localhost:{port}/" } };
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException) when (tries < 20)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context);
            }
            catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // The client has gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.InputStream, Encoding.UTF8);
        var call = new TestCall(
            request.HttpMethod, request.RawUrl!, request.Headers.AllKeys.ToDictionary(name => name!.ToLowerInvariant(), name => request.Headers[name]!), await reader.ReadToEndAsync());
        Calls.Enqueue(call);
        var answer = _answer(call);
        if (answer.Drop)
        {
            // The managed listener answers where it is told to hang up; half an answer is hung up on.
            context.Response.ContentLength64 = 1000;
            await context.Response.OutputStream.WriteAsync(new byte[1]);
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers ?? new Dictionary<string, string>())
        {
            context.Response.AppendHeader(name, value);
        }

        var body = Encoding.UTF8.GetBytes(answer.Body ?? string.Empty);
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
