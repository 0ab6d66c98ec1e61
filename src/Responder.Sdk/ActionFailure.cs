namespace Responder.Sdk;

/// <summary>The engine's kinds of failure; a playbook's <c>on_error</c> and <c>retry.on</c> name them in snake_case.</summary>
public enum FailureKind
{
    /// <summary>Certainly not done, and may pass: connection refused, name not found, 503 from a gateway that did not pass it on.</summary>
    Transient,

    /// <summary>Certainly not done; the vendor says when to come again.</summary>
    RateLimited,

    /// <summary>May or may not have been done: time-out or lost connection after sending, other 5xx, cancelled, the process died.</summary>
    Unknown,

    /// <summary>The thing acted on does not exist.</summary>
    NotFound,

    /// <summary>Another state than the one expected, or a name that is not unique.</summary>
    Conflict,

    /// <summary>The credential was refused.</summary>
    Unauthorized,

    /// <summary>The credential lacks the permission.</summary>
    Forbidden,

    /// <summary>The request was refused as wrong.</summary>
    Invalid,

    /// <summary>The host is not connected.</summary>
    Offline,

    /// <summary>Policy refused it; nothing was called.</summary>
    RejectedByPolicy,

    /// <summary>A person rejected it; nothing was called.</summary>
    Rejected,

    /// <summary>The step's own time ran out, between effects.</summary>
    TimedOut,

    /// <summary>A fault of ours: an expression that failed, an output of a wrong shape.</summary>
    Internal,
}

/// <summary>A failure sorted into the engine's kinds, with what the vendor said of it.</summary>
/// <param name="kind">The kind, which decides retry and recovery.</param>
/// <param name="message">For people: what happened and what to do next. Never a secret.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ActionFailure(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind, which decides retry and recovery.</summary>
    public FailureKind Kind { get; } = kind;

    /// <summary>The vendor's code, as text.</summary>
    public string? Code { get; init; }

    /// <summary>The vendor's trace id, to quote to its support.</summary>
    public string? TraceId { get; init; }

    /// <summary>How long the vendor asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Since when the connection's circuit breaker has been open, where this was met while it was: the product does not answer anybody, so the attempt is not counted.</summary>
    public DateTimeOffset? CircuitSince { get; init; }

    /// <summary>The same failure, met while the connection's circuit breaker was open.</summary>
    /// <param name="since">Since when.</param>
    /// <param name="wait">Until it is worth trying again.</param>
    public ActionFailure AtOpenCircuit(DateTimeOffset since, TimeSpan wait) =>
        new(Kind, Message, InnerException) { Code = Code, TraceId = TraceId, RetryAfter = RetryAfter > wait ? RetryAfter : wait, CircuitSince = since };
}
