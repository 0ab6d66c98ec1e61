using Acornima;

namespace Responder.Playbooks.Expressions;

/// <summary>Comparisons of primitives of one type, and with null.</summary>
/// <param name="operation">Which.</param>
/// <param name="left">The left side.</param>
/// <param name="right">The right side.</param>
/// <param name="isLoose">Whether <c>null</c> and <c>undefined</c> are one, and text may equal a number: <c>==</c>, and <c>===</c> with the word null.</param>
internal sealed class ComparePlain(Operator operation, PlainNode left, PlainNode right, bool isLoose) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var a = left.Evaluate(scope, owner);
        if (a.IsBeyond)
        {
            return a;
        }

        var b = right.Evaluate(scope, owner);
        return b.IsBeyond ? b : operation switch
        {
            Operator.Equality or Operator.StrictEquality => AsValue(PlainCompare.Equal(a, b, isLoose)),
            Operator.Inequality or Operator.StrictInequality => AsValue(!PlainCompare.Equal(a, b, isLoose)),
            _ => AsValue(PlainCompare.Order(a, b, operation)),
        };
    }

    private static PlainValue AsValue(bool? answer) => answer is { } known ? PlainValue.Of(known) : PlainValue.Beyond;
}

/// <summary>JavaScript's comparisons, as far as they need no conversion.</summary>
internal static class PlainCompare
{
    /// <summary>Null where it is beyond the plain evaluator.</summary>
    public static bool? Equal(in PlainValue a, in PlainValue b, bool isLoose)
    {
        if (a.IsNullish || b.IsNullish)
        {
            return isLoose ? a.IsNullish && b.IsNullish : a.Kind == b.Kind;
        }

        if (a.Kind == b.Kind)
        {
            return a.Kind switch
            {
                PlainKind.Text => string.Equals(a.Text, b.Text, StringComparison.Ordinal),
                PlainKind.Number => a.Number == b.Number,
                PlainKind.Boolean => a.IsTrue == b.IsTrue,
                _ => null,
            };
        }

        return isLoose || IsObject(a) && IsObject(b) ? null : false;
    }

    /// <summary>Null where it is beyond the plain evaluator.</summary>
    public static bool? Order(in PlainValue a, in PlainValue b, Operator operation)
    {
        if (a.Kind == PlainKind.Number && b.Kind == PlainKind.Number)
        {
            var (x, y) = (a.Number, b.Number);
            return operation switch
            {
                Operator.LessThan => x < y,
                Operator.LessThanOrEqual => x <= y,
                Operator.GreaterThan => x > y,
                _ => x >= y,
            };
        }

        if (a.Kind != PlainKind.Text || b.Kind != PlainKind.Text)
        {
            return null;
        }

        var order = string.CompareOrdinal(a.Text, b.Text);
        return operation switch
        {
            Operator.LessThan => order < 0,
            Operator.LessThanOrEqual => order <= 0,
            Operator.GreaterThan => order > 0,
            _ => order >= 0,
        };
    }

    private static bool IsObject(in PlainValue value) => value.Kind is PlainKind.List or PlainKind.Object or PlainKind.Lazy;
}
