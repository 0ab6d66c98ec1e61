using Responder.Sdk;
using Responder.Sdk.Chat;

namespace Responder.Connectors.Tests.Bench;

/// <summary>Links to an answer page that nobody serves: what a handler does with one is looked at, the page has tests of its own.</summary>
public sealed class BenchLinks : IAnswerLinks
{
    /// <summary>Makes it as one without an address is.</summary>
    public bool Nowhere { get; set; }

    public Task<Uri> LinkForAsync(ActionContext context) => Nowhere
        ? throw new ActionFailure(FailureKind.Invalid, "Nobody could answer: no address is known.")
        : Task.FromResult(new Uri($"https://responder.example/answer/{context.IdempotencyKey}"));
}
