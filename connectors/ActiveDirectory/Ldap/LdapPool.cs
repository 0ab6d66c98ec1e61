using System.Collections.Concurrent;
using System.DirectoryServices.Protocols;
using System.Net;
using System.Net.Sockets;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>Signed-in connections to the domain controller, shared by all runs; at most so many at once.</summary>
internal sealed class LdapPool(ActiveDirectorySettings settings, ConnectionInfo info, TimeProvider time) : IDisposable
{
    private readonly ConcurrentBag<LdapConnection> _idle = [];
    private readonly SemaphoreSlim _places = new(settings.Connections);
    private readonly Lazy<string?> _trust = new(() => Trust.FolderOf(settings, info.DataFolder));

    /// <summary>Fewer calls than over REST: a connection is made once and kept, and the rest goes over it.</summary>
    private readonly ConnectionBreaker _breaker = new($"{settings.Url.Host}:{settings.Port}", time, calls: 5, TimeSpan.FromMinutes(2));

    /// <summary>The server, for messages.</summary>
    public string Server { get; } = $"{settings.Url.Host}:{settings.Port}";

    /// <summary>A connection for one piece of work.</summary>
    public async Task<LdapLease> RentAsync(CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        return new LdapLease(this, settings.Timeout, _idle.TryTake(out var idle) ? idle : null);
    }

    /// <summary>Connects and signs in.</summary>
    /// <exception cref="ActionFailure">It could not; nothing was done.</exception>
    public async Task<LdapConnection> ConnectAsync(CancellationToken cancel) => await _breaker.GuardAsync(BindAsync, cancel);

    private async ValueTask<LdapConnection> BindAsync(CancellationToken cancel)
    {
        await KnockAsync(cancel);
        var connection = new LdapConnection(new LdapDirectoryIdentifier(settings.Url.Host, settings.Port, fullyQualifiedDnsHostName: true, connectionless: false))
        {
            AuthType = AuthType.Basic,
            Credential = new NetworkCredential(settings.User, settings.Password.Reveal()),
            Timeout = settings.Timeout,
            AutoBind = false,
        };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            connection.SessionOptions.SecureSocketLayer = true;
            Trust.Apply(connection, _trust.Value);

            // Binding has no asynchronous form, and no cancellation: it is waited for no longer than the time-out.
            await Task.Run(connection.Bind, CancellationToken.None).WaitAsync(settings.Timeout, cancel);
            return connection;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            connection.Dispose();
            throw LdapFailures.OfBind(exception, Server, settings.User);
        }
    }

    /// <summary>Takes a connection back; null where it broke.</summary>
    public void Return(LdapConnection? connection)
    {
        if (connection is not null)
        {
            _idle.Add(connection);
        }

        _places.Release();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _places.Dispose();
    }

    /// <summary>LDAP's own code for a refused connection is that for an untrusted certificate as well (81), so the port is tried first.</summary>
    private async Task KnockAsync(CancellationToken cancel)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(settings.Timeout);
        try
        {
            await socket.ConnectAsync(settings.Url.Host, settings.Port, timeout.Token);
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ActionFailure(FailureKind.Transient, $"{Server} can't be reached: {(exception is SocketException ? exception.Message : "no connection in time")}.", exception) { Code = "not_sent" };
        }
    }
}
