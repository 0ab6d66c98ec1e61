using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Reading;

/// <summary>What is known of the expressions of a draft beside themselves.</summary>
internal sealed class ExpressionTable
{
    private readonly Dictionary<object, IReadOnlyList<Reference>> _references = new(ReferenceEqualityComparer.Instance);
    private readonly List<ExpressionSite> _sites = [];

    /// <summary>Every scalar that holds expressions, in the order read.</summary>
    public IReadOnlyList<ExpressionSite> Sites => _sites;

    public void Add(object part, IReadOnlyList<Reference> references, ExpressionSite site)
    {
        _references[part] = references;
        _sites.Add(site);
    }

    /// <summary>What an expression or a scalar value reads.</summary>
    public IReadOnlyList<Reference> Of(object part) => _references.GetValueOrDefault(part, []);
}

/// <summary>A scalar with expressions: a bare one, or a value with <c>${{ }}</c>.</summary>
/// <param name="Node">The scalar.</param>
/// <param name="Bare">True where the whole scalar is an expression.</param>
/// <param name="Language">The other language of the field, or null.</param>
/// <param name="Problems">What is wrong with the expressions.</param>
/// <param name="Expressions">The expressions that could be read.</param>
/// <param name="Value">The value, where it is one and could be read.</param>
internal sealed record ExpressionSite(
    YamlText Node, bool Bare, string? Language, IReadOnlyList<ExpressionProblem> Problems, IReadOnlyList<Expression> Expressions, ValueNode? Value);

/// <summary>Stands where an expression could not be read. Such a playbook is never given out.</summary>
internal sealed class BrokenExpression(string source, SourcePosition at) : Expression(source, at)
{
    public override System.Text.Json.JsonElement Evaluate(IScope scope) => throw new ExpressionFailure("it could not be read", Source, At);

    public override bool IsTrue(IScope scope) => Evaluate(scope).ValueKind == System.Text.Json.JsonValueKind.True;
}
