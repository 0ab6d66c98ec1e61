using System.Text.RegularExpressions;
using Acornima;
using Jint;
using Jint.Runtime;
using Ast = Acornima.Ast;

namespace Responder.Playbooks.Expressions;

/// <summary>The engine's errors in words that name what the author wrote.</summary>
internal static partial class ScriptFailures
{
    public static ExpressionFailure Of(Exception error, ScriptProgram program, Expression owner) => new(Message(error, program.Source, owner.Source), owner.Source, owner.At, error);

    private static string Message(Exception error, ScriptSource program, string source) => error switch
    {
        Stopped => error.Message,
        MemoryLimitExceededException => Stopped.ListTooLong().Message,
        JavaScriptException script => OfScript(script, program, source),
        RegexMatchTimeoutException => $"a regular expression takes longer than {ExpressionLimits.Match.TotalMilliseconds} ms on this text: make it simpler, without repeats inside repeats",
        RecursionDepthOverflowException or InsufficientExecutionStackException => $"its functions call each other more than {ExpressionLimits.Recursion} deep",
        _ => $"it cannot be worked out: {error.Message}",
    };

    private static string OfScript(JavaScriptException error, ScriptSource program, string source)
    {
        if (NullRead().Match(error.Message) is { Success: true } read)
        {
            var member = read.Groups["name"].Value;
            return ObjectAt(error, member, program, source) is { } text ? ReadFailures.OfNull(text.Split('.'), member) : $"`{member}` is read of null. Where that may be, write ?.{member} ?? …";
        }

        if (error.Message.Contains("Maximum call stack", StringComparison.Ordinal))
        {
            return $"its functions call each other more than {ExpressionLimits.Recursion} deep";
        }

        if (NoFunction().Match(error.Message) is { Success: true } call)
        {
            return $"there is no function `{call.Groups[1].Value}` here: a value of the alert or of a step has only the functions of text, numbers and lists";
        }

        return error.Message.Contains("primitive value", StringComparison.Ordinal) || IsBare(error)
            ? "an object cannot stand in text or be compared: name the field you want, or write JSON.stringify(…)"
            : "it failed: " + error.Message;
    }

    // The engine has no words for an object that has no toString, as none has here.
    private static bool IsBare(JavaScriptException error) => error.Error.Get("message") is var message && (message.IsUndefined() || message.ToString().Length == 0);

    // The engine says where the member stands; the source says of what it was read.
    private static string? ObjectAt(JavaScriptException error, string name, ScriptSource program, string source)
    {
        var place = error.Location.Start;
        var wanted = program.Original(Offset(program.Text, place.Line - 2, place.Column));
        try
        {
            var members = Tree.All(new Parser().ParseExpression(source, strict: true)).OfType<Ast.MemberExpression>().ToList();
            var found = members.Find(member => member.Property.Start == wanted)
                ?? members.Find(member => member.Start <= wanted && wanted <= member.End && Constants.Key(member) == name);
            return found is null ? null : source[found.Object.Start..found.Object.End].Replace("?.", ".", StringComparison.Ordinal);
        }
        catch (ParseErrorException)
        {
            return null;
        }
    }

    private static int Offset(string source, int line, int column)
    {
        var start = 0;
        for (; line > 0; line--)
        {
            start = source.IndexOf('\n', start) + 1;
        }

        return start + column;
    }

    [GeneratedRegex(@"^Cannot read propert(?:ies of (?:null|undefined) \(reading '(?<name>.*)'\)|y '(?<name>.*)' of (?:null|undefined))", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex NullRead();

    [GeneratedRegex(@"^Property '(.*)' of object is not a function", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex NoFunction();
}
