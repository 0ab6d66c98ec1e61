using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Mail;

namespace Responder.Connectors.Mail.Tests;

public sealed class MailSettingsTests
{
    private static readonly Dictionary<string, string?> Good = new() { ["Host"] = "mail.company.com", ["From"] = "responder@company.com", ["User"] = "u", ["Password"] = "p" };

    [Theory]
    [InlineData("Host", "", "Connections:it:Host: is missing")]
    [InlineData("From", null, "Connections:it:From: is missing")]
    [InlineData("From", "nobody", "no mail address")]
    [InlineData("Password", "", "Connections:it:Password: is missing")]
    [InlineData("User", "", "Connections:it:User: is missing")]
    [InlineData("Security", "none", "on loopback only")]
    [InlineData("Security", "maybe", "starttls, tls")]
    [InlineData("Port", "70000", "1 to 65535")]
    [InlineData("Timeout", "0", "1 to 600")]
    [InlineData("CaFile", "/no/such/root.pem", "/no/such/root.pem")]
    public void What_is_wrong_is_said_at_start_with_its_name(string name, string? value, string says)
    {
        using var folder = new TempFolder();
        var refused = Assert.Throws<SettingsException>(() => new ConnectionBench(new MailConnector(), folder.Path, TimeProvider.System, new Dictionary<string, string?>(Good) { [name] = value }));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_goes_only_to_the_domains_that_are_named()
    {
        using var folder = new TempFolder();
        await using var mail = new ConnectionBench(
            new MailConnector(), folder.Path, TimeProvider.System, new Dictionary<string, string?>(Good) { ["RecipientDomains"] = "company.com, company.example" });
        var failure = await mail.FailsAsync(new SendMail(["a@company.com.evil.example"], "x", Template.Text("x")), FailureKind.Invalid);
        Assert.Contains("RecipientDomains", failure.Message, StringComparison.Ordinal);
    }
}
