using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock;

/// <summary>Says that the made-up company is there, and that everything is allowed in it.</summary>
internal sealed class MockCheck(MockEstate estate) : IConnectionCheck
{
    public Task<Health> CheckAsync(CancellationToken cancel)
    {
        var message = estate.Read(company => $"{company.Names.Name}, made up: {company.Hosts.Count} hosts, {company.Identity.Users.Count} users.");
        var catalog = ActionCatalog.From([typeof(MockCheck).Assembly]);
        IReadOnlyDictionary<string, string?> allowed = HandlerFinder.Find(typeof(MockCheck).Assembly, catalog).ToDictionary(handler => handler.Action.Name, _ => (string?)null);
        return Task.FromResult(new Health(true, message, allowed));
    }
}
