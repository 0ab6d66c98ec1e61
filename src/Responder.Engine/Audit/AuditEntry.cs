namespace Responder.Engine.Audit;

/// <summary>What somebody did, or what the program did in somebody's name.</summary>
/// <param name="Kind">One of <see cref="AuditKinds"/>.</param>
/// <param name="By">Who: <c>user:mlee</c>, <c>key:splunk (…)</c>, <c>terminal:root</c>, <c>run</c> for the engine itself.</param>
/// <param name="Action">What was done: <c>answered</c>, <c>edr.isolate_host</c>, <c>signed_in</c>, <c>revoked</c>.</param>
/// <param name="Target">On what: a gate's id, a host, an account, a playbook.</param>
public sealed record AuditEntry(string Kind, string By, string Action, string Target)
{
    /// <summary>What came of it: a choice, an outcome, <c>refused</c>; null where it simply happened.</summary>
    public string? Result { get; init; }

    /// <summary>Why, for people: their words, the policy's rule and reason, the product's failure.</summary>
    public string? Reason { get; init; }

    /// <summary>For what happened in a run: the run.</summary>
    public string? RunId { get; init; }

    /// <summary>For what happened in a run: its step.</summary>
    public string? Path { get; init; }

    /// <summary>For an effect: its connection.</summary>
    public string? Connection { get; init; }
}
