using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>A pure expression, parsed once when its playbook is loaded.</summary>
/// <param name="source">The text, without <c>${{ }}</c>.</param>
/// <param name="at">Where it is written.</param>
public abstract class Expression(string source, SourcePosition at)
{
    /// <summary>The text, without <c>${{ }}</c>.</summary>
    public string Source { get; } = source;

    /// <summary>Where it is written.</summary>
    public SourcePosition At { get; } = at;

    /// <summary>Works it out.</summary>
    /// <param name="scope">What it can see.</param>
    /// <exception cref="ExpressionFailure">It failed, or took too much time, memory or output.</exception>
    public abstract JsonElement Evaluate(IScope scope);

    /// <summary>Works a condition out, by JavaScript's truth.</summary>
    /// <param name="scope">What it can see.</param>
    /// <exception cref="ExpressionFailure">It failed.</exception>
    public abstract bool IsTrue(IScope scope);
}
