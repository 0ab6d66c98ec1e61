using System.Globalization;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>Constants in a syntax tree.</summary>
internal static class Constants
{
    /// <summary>The member that is read, where it is known: <c>a.b</c>, <c>a['b']</c>, <c>a[0]</c>; else null.</summary>
    public static string? Key(Ast.MemberExpression member) =>
        member.Computed ? Text(member.Property) : (member.Property as Ast.Identifier)?.Name;

    /// <summary>The text of a constant key, else null.</summary>
    public static string? Text(Ast.Expression node) => node switch
    {
        Ast.StringLiteral text => text.Value,
        Ast.TemplateLiteral { Expressions.Count: 0, Quasis.Count: 1 } template => template.Quasis[0].Value.Cooked,
        Ast.NumericLiteral { Value: >= 0 and <= int.MaxValue } number when number.Value == Math.Floor(number.Value) => ((int)number.Value).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}
