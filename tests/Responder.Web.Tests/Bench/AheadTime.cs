namespace Responder.Web.Tests.Bench;

/// <summary>The system's clock, put forward: timers run as they do, so nothing has to be moved by hand.</summary>
internal sealed class AheadTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
