using Responder.Sdk;

namespace Responder.Connectors.Teams;

/// <summary>A webhook has nothing to read: what can be said without a post is which there are.</summary>
internal sealed class TeamsCheck(Webhooks webhooks) : IConnectionCheck
{
    public Task<Health> CheckAsync(CancellationToken cancel) => Task.FromResult(new Health(
        true, $"Webhooks {string.Join(", ", webhooks.Names.DefaultIfEmpty("for all"))}. Whether they post can only be seen by a post: send a chat.notify.",
        new Dictionary<string, string?> { ["chat.notify"] = null, ["chat.ask"] = null }));
}
