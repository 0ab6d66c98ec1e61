using System.Text.Json;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>A value in a playbook: a constant, one whole expression, text with expressions in it, a list, a map, or a template for another language.</summary>
/// <param name="At">Where it is written.</param>
public abstract record ValueNode(SourcePosition At)
{
    /// <summary>Works it out. A value that is one whole expression keeps its type; a template gives the JSON of <see cref="Sdk.Template"/>.</summary>
    /// <param name="scope">What it can see.</param>
    /// <exception cref="ExpressionFailure">An expression failed.</exception>
    public abstract JsonElement Resolve(IScope scope);

    /// <summary>The expressions in it.</summary>
    public abstract IEnumerable<Expression> Expressions();
}
