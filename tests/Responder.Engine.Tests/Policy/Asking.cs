using System.Text.Json;
using Responder.Engine.Policy;
using Responder.Playbooks.Policies;
using Responder.Sdk;

namespace Responder.Engine.Tests.Policy;

/// <summary>Short ways to ask a policy.</summary>
internal static class Asking
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    /// <summary>Monday, 12:00 UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static PolicyRules PolicyOf(string yaml)
    {
        var read = PolicyFile.Read("policy.yaml", yaml, null);
        Assert.True(read.Policy is not null, string.Join('\n', read.Problems));
        return new PolicyRules(read.Policy);
    }

    public static PolicyAnswer Of(
        IPolicy policy, string action = "edr.isolate_host", Effect effect = Effect.Contain, TargetFacts? target = null, string playbook = "p", string connection = "edr", int? severity = 70, DateTimeOffset? at = null,
        params TargetFacts[] also) =>
        policy.Evaluate(new PolicyRequest(playbook, action, effect, connection, Nothing, [target ?? AHost("WS-1"), .. also], severity, at ?? Noon));

    public static TargetFacts AHost(string name, string? role = null, string[]? tags = null) => new(TargetKind.Host, name + "-id", [name], tags ?? [], role);

    public static TargetFacts AUser(string name, string[]? groups = null, string[]? tags = null) => new(TargetKind.User, name + "-id", [name], tags ?? [], null, groups ?? []);

    public static PolicyAnswer Deletion(IPolicy policy, string path) =>
        Of(policy, "edr.delete_folder", Effect.Destroy, AHost("WS-1"), also: new TargetFacts(TargetKind.Path, path, [path], []));
}
