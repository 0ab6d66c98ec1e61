using Responder.Connectors.Tests.Bench;
using Responder.Sdk;

namespace Responder.Connectors.Http.Tests;

public sealed class HttpSettingsTests
{
    [Theory]
    [InlineData("BaseAddress", "", "BaseAddress: is missing")]
    [InlineData("BaseAddress", "http://api.example.com", "loopback only")]
    [InlineData("BaseAddress", "https://user:canary@api.example.com", "nothing else")]
    [InlineData("BaseAddress", "ftp://api.example.com", "nothing else")]
    [InlineData("Networks", "10.0.0.1/8x", "no network")]
    [InlineData("Bearer", "x", "several credentials")]
    [InlineData("Password", "", "Password: is missing")]
    [InlineData("Timeout", "x", "1 to 600")]
    public void What_is_wrong_is_said_at_start_with_its_name_and_without_a_secret(string name, string value, string says)
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?> { ["BaseAddress"] = "https://api.example.com/v1", ["User"] = "u", ["Password"] = "canary", [name] = value };
        var refused = Assert.Throws<SettingsException>(() => new ConnectionBench(new HttpConnector(), folder.Path, TimeProvider.System, settings));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }
}
