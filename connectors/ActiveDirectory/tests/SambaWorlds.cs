using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Mock;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Estate;

namespace Responder.Connectors.ActiveDirectory.Tests;

/// <summary>Connections to the domain controller, each over its own pool.</summary>
internal static class SambaWorlds
{
    public static World Open(SambaServer samba, DateTimeOffset now, string? overrides = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var definition = MockSettings.BuiltIn();
        var estate = MockEstate.InMemory(overrides is null ? definition : definition.With(EstateDefinition.Parse(overrides, "overrides")), new FakeTimeProvider(now));
        samba.Reset(estate);
        var log = new AuditLog(samba.AuditLog);
        var folder = new TempFolder();
        return new World(new ConnectionBench(new ActiveDirectoryConnector(), folder.Path, new FakeTimeProvider(now), Settings(samba, settings)), estate, folder) { CountBy = log.Count };
    }

    public static Dictionary<string, string?> Settings(SambaServer samba, IReadOnlyDictionary<string, string?>? over = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Url"] = $"ldaps://{samba.Address}",
            ["User"] = "Administrator@company.com",
            ["Password"] = SambaServer.AdminPassword,
            ["CaFile"] = samba.CaFile,
            ["Tags:service-account"] = "OU=Service Accounts,DC=company,DC=com",
        };
        foreach (var (name, value) in over ?? new Dictionary<string, string?>())
        {
            settings[name] = value;
        }

        return settings;
    }
}
