using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Storage;
using Responder.Web.People;
using Responder.Web.People.SharedKeys;

namespace Responder.Web.Tests;

/// <summary>What one node's sessions are protected with is good at another, and of no use to who has only the database.</summary>
public sealed class SessionKeysTests : IAsyncLifetime
{
    private const string Secret = "a secret of thirty-two characters and more";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-sessions");
    private DataFolder _data = null!;
    private SqliteStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _data = await DataFolder.OpenAsync(_folder.FullName, TimeProvider.System, Cancel);
        _store = await SqliteStore.OpenAsync(_data, new SqliteStoreOptions(), TimeProvider.System, NullLogger.Instance, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_session_of_one_node_is_good_at_another()
    {
        await using var first = Node(Secret);
        await using var second = Node(Secret);

        var session = Protector(first).Protect("ann");

        Assert.Equal("ann", Protector(second).Unprotect(session));
        Assert.Equal("ann", Protector(first).Unprotect(Protector(second).Protect("ann")));
        Assert.False(Directory.Exists(_data.File("session-keys")));
    }

    [Fact]
    public async Task The_database_alone_opens_nothing()
    {
        await using var ours = Node(Secret);
        var session = Protector(ours).Protect("ann");
        await using var theirs = Node("another secret of thirty-two characters");

        Assert.ThrowsAny<CryptographicException>(() => Protector(theirs).Unprotect(session));
        var kept = await _store.Settings.GetAsync("session-keys/0", Cancel);
        Assert.Contains("encryptedSecret", kept!, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", kept!, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_nodes_that_make_a_key_at_once_keep_both()
    {
        var keys = new StoredKeys(_store.Settings);

        Parallel.For(0, 8, number => keys.StoreElement(new System.Xml.Linq.XElement("key", number), "x"));

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7"], keys.GetAllElements().Select(key => key.Value).Order(StringComparer.Ordinal));
    }

    private ServiceProvider Node(string secret)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        SessionKeys.Add(services, _store.Settings, new ServerOptions { Folder = _data, SignIn = new SignInSettings { SessionSecret = new Sdk.Secret(secret) } });
        return services.BuildServiceProvider();
    }

    private static IDataProtector Protector(IServiceProvider node) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector("session");
}
