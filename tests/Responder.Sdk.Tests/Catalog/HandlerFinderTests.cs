using System.Text.Json;
using Responder.Sdk.Catalog;

namespace Responder.Sdk.Tests.Catalog;

public sealed class HandlerFinderTests
{
    [Fact]
    public void All_that_is_wrong_is_said_at_once_with_the_classes()
    {
        var here = typeof(Samples).Assembly;
        var failure = Assert.Throws<InvalidOperationException>(() => HandlerFinder.Find(here, ActionCatalog.From([here])));
        Assert.Contains("Samples+Forgetful carries out bell.ring, which has an effect, and has no [Recovery]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Samples+Probeless says [Recovery(Recover.Probe)] and implements no IProbe<Ring, Rung>", failure.Message, StringComparison.Ordinal);
        Assert.Contains("both carry out bell.ring", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_of_an_action_that_nobody_knows_is_named()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => HandlerFinder.Find(typeof(Samples).Assembly, ActionCatalog.Neutral));
        Assert.Contains("Samples+Ring", failure.Message, StringComparison.Ordinal);
        Assert.Contains("has no [Action]", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_missing_is_refused_when_a_handler_is_bound()
    {
        var ring = ActionCatalog.From([typeof(Samples).Assembly]).Find("bell.ring")!;
        Assert.Contains("Forgetful", Assert.Throws<InvalidOperationException>(() => BoundAction.Bind(ring, new Samples.Forgetful())).Message, StringComparison.Ordinal);
        Assert.Contains("Probeless", Assert.Throws<InvalidOperationException>(() => BoundAction.Bind(ring, new Samples.Probeless())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bridge_takes_snake_case_and_gives_it_and_a_decorator_is_round_it()
    {
        var bound = new Louder(BoundAction.Bind(ActionCatalog.Neutral.Find("edr.find_host")!, new Samples.Finder()));
        var outcome = await bound.RunAsync(JsonDocument.Parse("""{"hostname":"ws-1"}""").RootElement, null!);
        Assert.Equal("WS-1", outcome.Value.GetProperty("hostname").GetString());
        Assert.Equal(JsonValueKind.Null, outcome.Value.GetProperty("last_seen").ValueKind);
        Assert.Equal(("edr.find_host", null, false, false), (bound.Action.Name, bound.Recovery, bound.HasProbe, bound.HasBefore));
    }

    private sealed class Louder : DecoratedAction
    {
        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Louder(BoundAction inner)
            : base(inner)
        {
        }

        public override Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context) =>
            Inner.RunAsync(JsonDocument.Parse(inputs.GetRawText().Replace("ws-1", "WS-1", StringComparison.Ordinal)).RootElement, context);
    }
}
