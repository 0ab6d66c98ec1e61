using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Sentinel.Tests;

/// <summary>An incident is written whole; its comments lie below it.</summary>
public sealed class LostAnswerTests : AlertLostAnswerContract
{
    protected override (string Look, string Status, string Owner, string Comment) Paths => ("/incidents/", "/incidents/", "/incidents/", "/comments/");

    protected override string Owner => "mlee@company.com";

    protected override Task<World> OpenAsync(string? overrides = null) => SentinelWorlds.OpenAsync(Now, overrides, settings: new() { ["TimeoutSeconds"] = "2" });
}
