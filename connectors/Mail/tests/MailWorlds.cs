using Microsoft.Extensions.Time.Testing;
using MimeKit;
using Responder.Connectors.Mail.Tests.Server;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Mock;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mail.Tests;

/// <summary>Mail connections over the server of these tests, which keeps what it takes in the mock estate.</summary>
internal static class MailWorlds
{
    public static World Open(DateTimeOffset now, string? overrides = null)
    {
        var folder = new TempFolder();
        var time = new FakeTimeProvider(now);
        var definition = MockSettings.BuiltIn();
        var estate = MockEstate.InMemory(overrides is null ? definition : definition.With(EstateDefinition.Parse(overrides, "overrides")), time);
        var server = new SmtpTestServer(taken: message => Keep(estate, message));
        return new World(Connect(server, folder, time), estate, folder, new Stops(server));
    }

    public static ConnectionBench Connect(SmtpTestServer server, TempFolder folder, TimeProvider time, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Host"] = "127.0.0.1", ["Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["Security"] = "none", ["From"] = "responder@company.com",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new ConnectionBench(new MailConnector(), folder.Path, time, all);
    }

    private static void Keep(MockEstate estate, MimeMessage message)
    {
        IReadOnlyList<string> to = [.. message.To.Mailboxes.Concat(message.Cc.Mailboxes).Select(mailbox => mailbox.Address)];
        var asks = message.TextBody!.Contains("/answer/", StringComparison.Ordinal);
        estate.Do(
            new EffectBy(asks ? "mail.ask" : "mail.send", string.Join(", ", to), message.Headers["X-Responder-Key"]),
            _ => new MessagePosted($"<{message.MessageId}>", "mail", to, message.Subject, message.TextBody!));
    }

    private sealed class Stops(SmtpTestServer server) : IDisposable
    {
        public void Dispose() => server.DisposeAsync().AsTask().Wait();
    }
}
