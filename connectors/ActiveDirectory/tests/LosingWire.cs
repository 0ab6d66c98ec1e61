using System.Net;
using System.Net.Sockets;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>A wire to a server that, when told to, lets the next request through and loses the answer: closes the connection, or stays silent.</summary>
internal sealed class LosingWire : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _closes;
    private readonly Task _accepting;
    private int _armed;

    public LosingWire(string address, int port, bool closes)
    {
        _closes = closes;
        _listener = new TcpListener(IPAddress.Parse(address), 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(address, port);
    }

    public int Port { get; }

    /// <summary>Ends when the server has answered, and the answer is lost.</summary>
    public Task Lost => _lost.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void LoseTheNextAnswer() => Interlocked.Exchange(ref _armed, 1);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync(string address, int port)
    {
        var lines = new List<Task>();
        try
        {
            while (true)
            {
                lines.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token), address, port));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task CarryAsync(TcpClient client, string address, int port)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(address, port, _end.Token);
                await Task.WhenAny(PumpAsync(client.GetStream(), server.GetStream(), answers: false), PumpAsync(server.GetStream(), client.GetStream(), answers: true));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // The line is down, for both.
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool answers)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _end.Token) is var read and > 0)
        {
            if (answers && Interlocked.Exchange(ref _armed, 0) == 1)
            {
                _lost.TrySetResult();
                if (_closes)
                {
                    return;
                }

                await Task.Delay(Timeout.Infinite, _end.Token);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _end.Token);
        }
    }
}
