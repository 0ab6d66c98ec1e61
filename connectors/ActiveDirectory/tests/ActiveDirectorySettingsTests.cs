using Responder.Connectors.Tests.Bench;
using Responder.Sdk;

namespace Responder.Connectors.ActiveDirectory.Tests;

public sealed class ActiveDirectorySettingsTests
{
    [Theory]
    [InlineData("Url", null, "missing")]
    [InlineData("Url", "ldap://dc01.company.com", "ldaps://")]
    [InlineData("Url", "ldaps://user@dc01.company.com", "User")]
    [InlineData("Url", "dc01", "address")]
    [InlineData("User", "", "missing")]
    [InlineData("Password", " ", "missing")]
    [InlineData("CaFile", "/none/ca.pem", "not there")]
    [InlineData("Timeout", "soon", "number")]
    [InlineData("Connections", "0", "number")]
    [InlineData("Pasword", "x", "no setting")]
    public void What_is_wrong_is_named(string setting, string? value, string says)
    {
        var settings = new Dictionary<string, string?> { ["Url"] = "ldaps://dc01.company.com", ["User"] = "svc@company.com", ["Password"] = "canary-secret", [setting] = value };
        var failure = Assert.Throws<SettingsException>(() => new ConnectionBench(new ActiveDirectoryConnector(), AppContext.BaseDirectory, TimeProvider.System, settings));
        Assert.EndsWith(":" + setting, failure.Setting, StringComparison.Ordinal);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", failure.ToString(), StringComparison.Ordinal);
    }
}
