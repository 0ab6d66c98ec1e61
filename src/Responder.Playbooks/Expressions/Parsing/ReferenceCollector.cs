using Acornima;
using Responder.Playbooks.Language;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>Finds the names that an expression reads from its scope, and what is known about them where they are read.</summary>
internal sealed class ReferenceCollector(ProblemList problems, int shift, Func<int, SourcePosition> locate)
{
    private readonly List<Reference> _found = [];
    private readonly List<string> _locals = [];
    private NullFacts _facts = NullFacts.None;

    public static IReadOnlyList<Reference> Collect(Ast.Expression root, ProblemList problems, int shift, Func<int, SourcePosition> locate)
    {
        var collector = new ReferenceCollector(problems, shift, locate);
        collector.Visit(root);
        return collector._found;
    }

    private void Visit(Ast.Node? node)
    {
        switch (node)
        {
            case null:
                break;
            case Ast.Identifier or Ast.MemberExpression:
                Read(MemberPath.Of(node), null);
                break;
            case Ast.CallExpression call:
                Call(call);
                break;
            case Ast.LogicalExpression logical:
                Visit(logical.Left);
                Under(logical.Operator switch
                {
                    Operator.LogicalAnd => NullFacts.WhereTrue(logical.Left),
                    Operator.LogicalOr => NullFacts.WhereFalse(logical.Left),
                    _ => NullFacts.None,
                }, logical.Right);
                break;
            case Ast.ConditionalExpression choice:
                Visit(choice.Test);
                Under(NullFacts.WhereTrue(choice.Test), choice.Consequent);
                Under(NullFacts.WhereFalse(choice.Test), choice.Alternate);
                break;
            case Ast.ArrowFunctionExpression arrow:
                Arrow(arrow);
                break;
            case Ast.Property property:
                Visit(property.Computed ? property.Key : null);
                Visit(property.Value);
                break;
            default:
                foreach (var child in node.ChildNodes)
                {
                    Visit(child);
                }

                break;
        }
    }

    private void Call(Ast.CallExpression call)
    {
        switch (call.Callee)
        {
            case Ast.Identifier { Name: var name } callee when !_locals.Contains(name):
                if (!ExpressionNames.IsReserved(name) && name is not ("eval" or "arguments"))
                {
                    problems.Add(ExpressionCodes.UnknownFunction, $"there is no helper `{name}`", Nearest.Hint(name, ExpressionNames.Helpers.Keys), callee.Start);
                }

                break;
            case Ast.MemberExpression method when Constants.Key(method) is { } name:
                Read(MemberPath.Of(method.Object), name, method.Optional);
                break;
            default:
                Visit(call.Callee);
                break;
        }

        foreach (var argument in call.Arguments)
        {
            Visit(argument);
        }
    }

    private void Read(MemberPath path, string? method, bool methodOptional = false)
    {
        foreach (var inner in path.Others)
        {
            Visit(inner);
        }

        if (path.Root is null || _locals.Contains(path.Names[0]) || ExpressionNames.IsReserved(path.Names[0]))
        {
            return;
        }

        var known = new bool[path.Names.Count];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = _facts.Knows(path.Names, i + 1);
        }

        _found.Add(new Reference(path.Names, path.EndsHere && method is not null ? [.. path.Optional, methodOptional] : path.Optional, known, path.EndsHere ? method : null, shift + path.Root.Start, locate(shift + path.Root.Start)));
    }

    private void Under(NullFacts facts, Ast.Node node)
    {
        var before = _facts;
        _facts = _facts.And(facts);
        Visit(node);
        _facts = before;
    }

    private void Arrow(Ast.ArrowFunctionExpression arrow)
    {
        var before = _locals.Count;
        foreach (var parameter in arrow.Params)
        {
            Bind(parameter);
        }

        Visit(arrow.Body);
        _locals.RemoveRange(before, _locals.Count - before);
    }

    private void Bind(Ast.Node? pattern)
    {
        switch (pattern)
        {
            case Ast.Identifier name:
                _locals.Add(name.Name);
                break;
            case Ast.AssignmentPattern withDefault:
                Visit(withDefault.Right);
                Bind(withDefault.Left);
                break;
            case Ast.Property property:
                Visit(property.Computed ? property.Key : null);
                Bind(property.Value);
                break;
            case null:
                break;
            default:
                foreach (var child in pattern.ChildNodes)
                {
                    Bind(child);
                }

                break;
        }
    }
}
