using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.ActiveDirectory.Accounts;
using Responder.Connectors.ActiveDirectory.Ldap;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory;

/// <summary>Users, groups and computers of an Active Directory domain, over LDAPS.</summary>
public sealed class ActiveDirectoryConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "activedirectory";

    /// <inheritdoc/>
    public string About => "Active Directory over LDAPS: users, groups, computer accounts.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(ActiveDirectorySettings.Read(settings));
        services.AddSingleton<LdapPool>();
        services.AddSingleton<Domain>();
        services.AddSingleton<Accounts.Directory>();
        services.AddSingleton<ITargetDescriber, ActiveDirectoryDescriber>();
        services.AddSingleton<IConnectionCheck, ActiveDirectoryCheck>();
    }
}
