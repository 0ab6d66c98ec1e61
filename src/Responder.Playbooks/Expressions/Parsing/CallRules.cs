using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>Calls of helpers: do they exist, have they the right number of values, are their constants such as they can take.</summary>
internal static class CallRules
{
    public static void Check(Ast.CallExpression call, ProblemList problems)
    {
        if (call.Callee is not Ast.Identifier { Name: var name } || !ExpressionNames.Helpers.TryGetValue(name, out var usage))
        {
            return;
        }

        if (name == "prefix")
        {
            problems.Add(ExpressionCodes.Prefix, "prefix(…) means something only as one whole ${{ prefix(…) }} in a field of another language", "elsewhere use .startsWith(…)", call.Start);
        }

        var (least, most) = Arity(usage, name);
        var spread = call.Arguments.Any(argument => argument is Ast.SpreadElement);
        if (!spread && (call.Arguments.Count < least || call.Arguments.Count > most))
        {
            problems.Add(ExpressionCodes.Arguments, $"{name} takes {Count(least, most)}, not {call.Arguments.Count}", "write " + usage, call.Start);
        }
    }

    private static (int Least, int Most) Arity(string usage, string name)
    {
        var most = usage.EndsWith("()", StringComparison.Ordinal) ? 0 : usage.Count(c => c == ',') + 1;
        return (name == "base64_decode" ? 1 : most, most);
    }

    private static string Count(int least, int most) => (least, most) switch
    {
        (0, 0) => "no value",
        (1, 1) => "one value",
        (1, 2) => "one or two values",
        _ => $"{most} values",
    };
}
