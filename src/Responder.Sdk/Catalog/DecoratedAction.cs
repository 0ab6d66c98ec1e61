using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Responder.Sdk.Catalog;

/// <summary>An action round another: passes everything on, and a decorator overrides what it changes.</summary>
public abstract class DecoratedAction : BoundAction
{
    /// <summary>Goes round an action.</summary>
    /// <param name="inner">The action.</param>
    [SetsRequiredMembers]
    protected DecoratedAction(BoundAction inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
        Action = inner.Action;
        Recovery = inner.Recovery;
    }

    /// <summary>The action inside.</summary>
    protected BoundAction Inner { get; }

    /// <inheritdoc/>
    public override TimeSpan Settle => Inner.Settle;

    /// <inheritdoc/>
    public override bool HasProbe => Inner.HasProbe;

    /// <inheritdoc/>
    public override bool HasBefore => Inner.HasBefore;

    /// <inheritdoc/>
    public override Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context) => Inner.RunAsync(inputs, context);

    /// <inheritdoc/>
    public override Task<Before?> BeforeAsync(JsonElement inputs, ActionContext context) => Inner.BeforeAsync(inputs, context);

    /// <inheritdoc/>
    public override Task<(ProbeVerdict Verdict, JsonElement? Result, string Reason)> ProbeAsync(
        JsonElement inputs, Before? before, DateTimeOffset committedAt, ActionContext context) => Inner.ProbeAsync(inputs, before, committedAt, context);
}
