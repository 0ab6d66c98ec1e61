using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary><c>includes</c>, <c>startsWith</c>, <c>endsWith</c> with one value, and <c>toLowerCase</c>, of a path: what most conditions are made of.</summary>
internal sealed class MethodPlain(PlainNode target, string method, bool isOptional, PlainNode? argument) : PlainNode
{
    public static bool Knows(string method, int arguments) =>
        arguments == 1 ? method is "includes" or "startsWith" or "endsWith" : arguments == 0 && method is "toLowerCase";

    public override PlainValue Evaluate(IScope scope, Expression owner)
    {
        var isCut = false;
        var value = target is PathPlain path ? path.Read(scope, owner, out isCut) : target.Evaluate(scope, owner);
        if (isCut || (isOptional && value.IsNullish))
        {
            return PlainValue.Undefined;
        }

        if (value.IsNullish)
        {
            return target is PathPlain known ? throw known.OfNull(method, owner) : PlainValue.Beyond;
        }

        if (value.Kind is not (PlainKind.Text or PlainKind.List))
        {
            return PlainValue.Beyond;
        }

        return argument is null ? Lower(value) : With(value, argument.Evaluate(scope, owner));
    }

    private PlainValue With(in PlainValue value, in PlainValue wanted) => (value.Kind, method) switch
    {
        (PlainKind.List, "includes") => Includes(value.Json, wanted),
        (PlainKind.Text, _) when wanted.Kind != PlainKind.Text => PlainValue.Beyond,
        (PlainKind.Text, "includes") => PlainValue.Of(value.Text.Contains(wanted.Text, StringComparison.Ordinal)),
        (PlainKind.Text, "startsWith") => PlainValue.Of(value.Text.StartsWith(wanted.Text, StringComparison.Ordinal)),
        (PlainKind.Text, "endsWith") => PlainValue.Of(value.Text.EndsWith(wanted.Text, StringComparison.Ordinal)),
        _ => PlainValue.Beyond,
    };

    // Outside ASCII, JavaScript's lower case is not .NET's.
    private static PlainValue Lower(in PlainValue value) =>
        value.Kind == PlainKind.Text && value.Text is var text && System.Text.Ascii.IsValid(text) ? PlainValue.Of(text.ToLowerInvariant()) : PlainValue.Beyond;

    private static PlainValue Includes(in JsonElement list, in PlainValue wanted)
    {
        if (wanted.Kind is not (PlainKind.Text or PlainKind.Number or PlainKind.Boolean) || (wanted.Kind == PlainKind.Number && double.IsNaN(wanted.Number)))
        {
            return PlainValue.Beyond;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (PlainCompare.Equal(PlainValue.Of(item), wanted, isLoose: false) == true)
            {
                return PlainValue.True;
            }
        }

        return PlainValue.False;
    }
}
