using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Contracts;

namespace Responder.Connectors.Elastic.Tests;

/// <summary>Status, assignees and notes are three addresses of Kibana.</summary>
public sealed class LostAnswerTests : AlertLostAnswerContract
{
    protected override (string Look, string Status, string Owner, string Comment) Paths => ("/signals/search", "/signals/status", "/signals/assignees", "/api/note");

    protected override string Owner => "u_mGBROF_q5bmFCATbLXAcCwKa0k8JvONAwSruelyKA5E_0";

    protected override Task<World> OpenAsync(string? overrides = null) => ElasticWorlds.OpenAsync(Now, overrides, settings: new() { ["TimeoutSeconds"] = "2" });
}
