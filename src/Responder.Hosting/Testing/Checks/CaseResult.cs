using System.Text.Json;
using Responder.Hosting.Testing.Cases;
using Responder.Sdk;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Testing.Checks;

/// <summary>All that a check looks at.</summary>
/// <param name="RunId">The run.</param>
/// <param name="History">Its journal.</param>
/// <param name="Names">What the names of steps mean.</param>
/// <param name="Calls">Action to how often a connector was called.</param>
/// <param name="Estate">The estate at the end.</param>
internal sealed record CaseResult(string RunId, RunHistory History, StepNames Names, IReadOnlyDictionary<string, int> Calls, MockEstate Estate)
{
    private IReadOnlyDictionary<string, EffectCount>? _effects;

    /// <summary>How often an action's effect was done.</summary>
    public int EffectsOf(string action) => (_effects ??= Estate.Effects(RunId)).TryGetValue(action, out var count) ? count.Count : 0;

    /// <summary>The paths that a test's name means, in the order in which they began.</summary>
    public IEnumerable<string> PathsOf(string name) => History.Paths.Where(path => Names.Fits(name, path));

    /// <summary>The tickets that the run opened, in that order.</summary>
    public IReadOnlyList<Ticket> Tickets => Estate.Read(company => Estate.History
        .Where(effect => effect.Run == RunId).Select(effect => effect.Change).OfType<TicketOpened>().Select(opened => company.Tickets.Ticket(opened.Key)).ToList());

    /// <summary>The messages that were sent, in that order.</summary>
    public IReadOnlyList<PostedMessage> Messages => Estate.Read(company => company.Outbox.ToList());

    /// <summary>JSON for people.</summary>
    public static string Show(JsonElement? value) => value is { } one ? one.GetRawText() is { Length: > 300 } text ? text[..300] + "…" : one.GetRawText() : "nothing";
}
