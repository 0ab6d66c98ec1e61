using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Responder.Engine.Access;

namespace Responder.Web.People.SharedKeys;

/// <summary>Where the keys are that sessions, forms and one-time codes are protected with.</summary>
internal static class SessionKeys
{
    /// <summary>In the store, for all nodes alike, where there is a secret to encrypt them with; else in this node's data folder.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">The store's settings.</param>
    /// <param name="options">How the server is set up.</param>
    public static void Add(IServiceCollection services, IStoredSettings settings, ServerOptions options)
    {
        var protection = services.AddDataProtection(data => data.ApplicationDiscriminator = "responder");
        if (options.SignIn.SessionSecret is not { } secret)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(options.Folder.File("session-keys")));
            return;
        }

        var cipher = new KeyCipher(secret);
        services.AddSingleton(cipher);
        services.Configure<KeyManagementOptions>(keys => (keys.XmlRepository, keys.XmlEncryptor) = (new StoredKeys(settings), cipher));
    }
}
