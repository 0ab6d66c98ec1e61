using System.Globalization;
using System.Text.Json;
using Responder.Sdk.Catalog;

namespace Responder.Sdk.Estate;

/// <summary>Ends the process on the spot, as a kill would; a test puts something gentler in its place.</summary>
/// <param name="why">For the crash report.</param>
public delegate void Crash(string why);

/// <summary>Puts the estate's faults round every action alike, so that no handler knows of them.</summary>
public sealed class FaultyActions(MockEstate estate, Crash crash) : IActionDecorator
{
    /// <inheritdoc/>
    public BoundAction Decorate(BoundAction action) => new FaultyAction(action, estate, crash);

    private sealed class FaultyAction : DecoratedAction
    {
        private readonly MockEstate _estate;
        private readonly Crash _crash;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public FaultyAction(BoundAction inner, MockEstate estate, Crash crash)
            : base(inner)
        {
            _estate = estate;
            _crash = crash;
        }

        public override async Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context)
        {
            if (Strikes(inputs, context) is not { } fault)
            {
                return await Inner.RunAsync(inputs, context);
            }

            if (fault.Delay > TimeSpan.Zero)
            {
                await Task.Delay(fault.Delay, context.Time, context.Cancel);
            }

            switch (fault.Do)
            {
                case FaultAt.DieBeforeDoing:
                    _crash($"The estate's fault on {Action.Name}: die_before_doing.");
                    throw new ActionFailure(FailureKind.Unknown, $"{Action.Name}: the process was to die before it was done.");
                case FaultAt.DieAfterDoing:
                    await Inner.RunAsync(inputs, context);
                    _crash($"The estate's fault on {Action.Name}: die_after_doing.");
                    throw new ActionFailure(FailureKind.Unknown, $"{Action.Name}: the process was to die after it was done.");
                case FaultAt.TimeoutAfterDoing:
                    await Inner.RunAsync(inputs, context);
                    throw new ActionFailure(FailureKind.Unknown, fault.Message ?? $"{Action.Name}: the answer did not come in time. It may have been done.");
            }

            return Kind(fault) is { } kind
                ? throw new ActionFailure(kind, fault.Message ?? $"{Action.Name}: a fault of the estate, {Json.Word(kind)}. Nothing was done.")
                {
                    RetryAfter = fault.RetryAfter,
                }
                : await Inner.RunAsync(inputs, context);
        }

        private static FailureKind? Kind(Fault fault) => fault switch
        {
            { Offline: true } => FailureKind.Offline,
            { Kind: { } kind } => kind,
            { RetryAfter: not null } => FailureKind.RateLimited,
            { Do: FaultAt.FailBeforeDoing } => FailureKind.Transient,
            _ => null,
        };

        /// <summary>The first fault that fits this call and has not struck as often as it may.</summary>
        private Fault? Strikes(JsonElement inputs, ActionContext context)
        {
            foreach (var (fault, name) in _estate.Read(company => company.Faults.Select((fault, index) => (fault, Name(index))).ToList()))
            {
                if (!Fits(fault, inputs))
                {
                    continue;
                }

                // Counted on disk before it strikes: one that ends the process must not be met again by the next.
                var by = EffectBy.Step(Action.Name, "fault", context);
                if (fault.After > 0 && _estate.Strike(by, name + "/passed", fault.After))
                {
                    continue;
                }

                if (fault.Times is not { } times || _estate.Strike(by, name, times))
                {
                    return fault;
                }
            }

            return null;
        }

        private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"faults[{index}]");

        private bool Fits(Fault fault, JsonElement inputs) =>
            (fault.Action == "*" || fault.Action == Action.Name || (fault.Action.EndsWith(".*", StringComparison.Ordinal) && Action.Name.StartsWith(fault.Action[..^1], StringComparison.Ordinal)))
            && fault.With.All(wanted => inputs.TryGetProperty(wanted.Key, out var have)
                && (have.ValueKind == JsonValueKind.String ? have.GetString() : have.GetRawText()) == wanted.Value);
    }
}
