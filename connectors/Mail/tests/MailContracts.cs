using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Mail.Tests;

public sealed class SmtpMailTests : MailContract
{
    protected override Task<World> OpenAsync(string? overrides = null) => Task.FromResult(MailWorlds.Open(Now, overrides));
}
