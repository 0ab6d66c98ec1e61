using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Hosting.Connections;

/// <summary>Measures the calls of a connection's actions, since this process began.</summary>
/// <param name="time">The clock.</param>
public sealed class CallMeter(TimeProvider time) : IActionDecorator
{
    private const int Kept = 256;
    private const int ErrorsKept = 10;

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _took = [];
    private readonly Queue<CallError> _errors = [];
    private long _count;
    private long _failed;
    private DateTimeOffset? _last;

    /// <inheritdoc/>
    public BoundAction Decorate(BoundAction action) => new Measured(action, this);

    /// <summary>The figures now.</summary>
    public CallFigures Read()
    {
        lock (_lock)
        {
            var ordered = _took.Order().ToList();
            return new CallFigures(_count, _failed, Share(ordered, .5), Share(ordered, .9), _last, [.. _errors.Reverse()]);
        }
    }

    private static double? Share(List<TimeSpan> ordered, double share) =>
        ordered.Count == 0 ? null : Math.Round(ordered[Math.Clamp((int)Math.Ceiling(ordered.Count * share) - 1, 0, ordered.Count - 1)].TotalMilliseconds, 1);

    private long Begin() => time.GetTimestamp();

    private void Note(string action, long began, ActionFailure? failure)
    {
        var took = time.GetElapsedTime(began);
        lock (_lock)
        {
            _count++;
            _last = time.GetUtcNow();
            Add(_took, took, Kept);
            if (failure is not null)
            {
                _failed++;
                Add(_errors, new CallError(_last.Value, action, failure.Kind, failure.Message, failure.Code, failure.TraceId), ErrorsKept);
            }
        }
    }

    private static void Add<T>(Queue<T> queue, T one, int most)
    {
        queue.Enqueue(one);
        if (queue.Count > most)
        {
            queue.Dequeue();
        }
    }

    private sealed class Measured : DecoratedAction
    {
        private readonly CallMeter _meter;

        [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
        public Measured(BoundAction inner, CallMeter meter)
            : base(inner) => _meter = meter;

        public override async Task<Outcome<JsonElement>> RunAsync(JsonElement inputs, ActionContext context)
        {
            var began = _meter.Begin();
            try
            {
                var outcome = await Inner.RunAsync(inputs, context);
                _meter.Note(Action.Name, began, null);
                return outcome;
            }
            catch (ActionFailure failure)
            {
                _meter.Note(Action.Name, began, failure);
                throw;
            }
        }
    }
}

/// <summary>What the calls of a connection's actions came to, since this process began.</summary>
/// <param name="Count">How many came to an end.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="MedianMs">The median of the last 256, in milliseconds; null where there was none.</param>
/// <param name="NinetyMs">Nine of ten of the last 256 took no longer, in milliseconds.</param>
/// <param name="LastAt">When the last one ended.</param>
/// <param name="Errors">The last ten failures, newest first.</param>
public sealed record CallFigures(long Count, long Failed, double? MedianMs, double? NinetyMs, DateTimeOffset? LastAt, IReadOnlyList<CallError> Errors);

/// <summary>A call that failed.</summary>
/// <param name="At">When.</param>
/// <param name="Action">The action.</param>
/// <param name="Kind">How.</param>
/// <param name="Message">What was said; the product's words may be in it.</param>
/// <param name="Code">The vendor's code.</param>
/// <param name="TraceId">The vendor's trace id.</param>
public sealed record CallError(DateTimeOffset At, string Action, FailureKind Kind, string Message, string? Code, string? TraceId);
