using System.DirectoryServices.Protocols;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory.Ldap;

/// <summary>A connection, lent for one piece of work. A search whose connection is gone is sent once more on a new one; a modification never is.</summary>
internal sealed class LdapLease(LdapPool pool, TimeSpan timeout, LdapConnection? connection) : IAsyncDisposable
{
    private const int PageSize = 500;

    /// <summary>Time for the library's own time-out, which says more, to come first.</summary>
    private static readonly TimeSpan PastTheLimit = TimeSpan.FromSeconds(1);

    private LdapConnection? _connection = connection;

    /// <summary>Everything that a search finds, page by page. Nothing where the base is not there.</summary>
    public async Task<IReadOnlyList<SearchResultEntry>> SearchAsync(string? dn, string filter, SearchScope scope, IReadOnlyList<string> attributes, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AllPagesAsync(dn, filter, scope, attributes, cancel);
            }
            catch (DirectoryOperationException exception) when (exception.Response is { ResultCode: ResultCode.NoSuchObject or ResultCode.InvalidDNSyntax })
            {
                return [];
            }
            catch (Exception exception) when (exception is not ActionFailure and not OperationCanceledException)
            {
                // Domain controllers close connections that were idle for a quarter of an hour.
                if (attempt == 1 && Drop(exception))
                {
                    continue;
                }

                throw LdapFailures.Of(exception, pool.Server, acts: false);
            }
        }
    }

    /// <summary>The one entry of a place, or the first that a search finds; null where there is none.</summary>
    public async Task<SearchResultEntry?> FirstAsync(string? dn, string filter, SearchScope scope, IReadOnlyList<string> attributes, CancellationToken cancel) =>
        await SearchAsync(dn, filter, scope, attributes, cancel) is [var first, ..] ? first : null;

    /// <summary>Changes something, once. Let finish within its own time-out: to stop waiting would not stop the server.</summary>
    public async Task ModifyAsync(ModifyRequest request)
    {
        try
        {
            await SendAsync(_connection ?? throw new InvalidOperationException("A modification follows a search on the same connection."), request);
        }
        catch (Exception exception)
        {
            Drop(exception);
            throw LdapFailures.Of(exception, pool.Server, acts: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        pool.Return(_connection);
        _connection = null;
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlyList<SearchResultEntry>> AllPagesAsync(string? dn, string filter, SearchScope scope, IReadOnlyList<string> attributes, CancellationToken cancel)
    {
        _connection ??= await pool.ConnectAsync(cancel);
        var request = new SearchRequest(dn, filter, scope, [.. attributes]);
        var page = scope == SearchScope.Base ? null : new PageResultRequestControl(PageSize);
        if (page is not null)
        {
            request.Controls.Add(page);
        }

        var found = new List<SearchResultEntry>();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var response = (SearchResponse)await SendAsync(_connection, request);
            found.AddRange(response.Entries.Cast<SearchResultEntry>());
            if (page is null || response.Controls.OfType<PageResultResponseControl>().FirstOrDefault() is not { Cookie: { Length: > 0 } cookie })
            {
                return found;
            }

            page.Cookie = cookie;
        }
    }

    // Not BeginSendRequest: it waits for the answer on the caller's thread, and where a server falls silent below TLS, libldap waits past its own limit.
    private Task<DirectoryResponse> SendAsync(LdapConnection connection, DirectoryRequest request) =>
        Task.Run(() => connection.SendRequest(request, timeout)).WaitAsync(timeout + PastTheLimit);

    /// <summary>Throws a broken connection away.</summary>
    private bool Drop(Exception exception)
    {
        if (!LdapFailures.IsLost(exception))
        {
            return false;
        }

        _connection?.Dispose();
        _connection = null;
        return true;
    }
}
