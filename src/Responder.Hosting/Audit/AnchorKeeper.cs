using Microsoft.Extensions.Logging;
using Responder.Engine.Audit;

namespace Responder.Hosting.Audit;

/// <summary>
/// Sends the heads of the chains to where they are kept apart, every minute and at the end: what was written by then can't be cut off unnoticed. At the start
/// it sends those of earlier starts too, so that a process that died leaves nothing open.
/// </summary>
/// <param name="audit">The audit.</param>
/// <param name="sink">Where they go; null where no anchor is set.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed partial class AnchorKeeper(IAuditLog audit, IAuditSink? sink, TimeProvider time, ILogger log) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    private DateTimeOffset _due = DateTimeOffset.MinValue;
    private bool _begun;
    private bool _fails;

    /// <summary>Sends where it is time.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <param name="now">True to send whatever the time.</param>
    public async Task OnceAsync(CancellationToken cancel, bool now = false)
    {
        if (sink is null || (!now && time.GetUtcNow() < _due))
        {
            return;
        }

        try
        {
            var heads = await audit.HeadsAsync(all: !_begun, cancel);
            if (heads.Count > 0)
            {
                var at = time.GetUtcNow();
                await sink.SendAsync([.. heads.Select(head => Anchors.Line(head, at))], cancel);
            }

            (_begun, _due) = (true, time.GetUtcNow() + Every);
            if (_fails)
            {
                _fails = false;
                Again(log);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _due = time.GetUtcNow() + AfterFailure;
            if (!_fails)
            {
                _fails = true;
                Failed(log, failure.Message);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => sink?.DisposeAsync() ?? ValueTask.CompletedTask;

    [LoggerMessage(1581, LogLevel.Error, "The audit's heads could not be sent to Audit:Anchor; it is tried again every ten seconds, and until then newer links are not covered: {Why}")]
    private static partial void Failed(ILogger log, string why);

    [LoggerMessage(1582, LogLevel.Information, "The audit's heads are sent to Audit:Anchor again")]
    private static partial void Again(ILogger log);
}
