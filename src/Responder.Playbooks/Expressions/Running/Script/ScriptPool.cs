using System.Collections.Concurrent;
using System.Text.Json;
using Jint.Native;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary>Engines that wait for work. They are made when they are first needed; one that was stopped in the middle is thrown away.</summary>
internal static class ScriptPool
{
    private static readonly ConcurrentBag<ScriptEngine> Idle = [];
    private static readonly int Most = Environment.ProcessorCount * 2;

    public static JsonElement Evaluate(ScriptProgram program, IScope scope, Expression owner) =>
        Use(program, scope, owner, static (value, budget) => ScriptResult.ToJson(value, budget));

    public static bool IsTrue(ScriptProgram program, IScope scope, Expression owner) =>
        Use(program, scope, owner, static (value, _) => TypeConverter.ToBoolean(value));

    private static T Use<T>(ScriptProgram program, IScope scope, Expression owner, Func<JsValue, Budget, T> take)
    {
        var engine = Idle.TryTake(out var idle) ? idle : new ScriptEngine();
        try
        {
            var result = take(engine.Run(program, scope), engine.Budget);
            Return(engine);
            return result;
        }
        catch (JavaScriptException error)
        {
            // An ordinary error of the language leaves the engine as it was.
            Return(engine);
            throw ScriptFailures.Of(error, program, owner);
        }
        catch (ExpressionFailure)
        {
            engine.Dispose();
            throw;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            engine.Dispose();
            throw ScriptFailures.Of(error, program, owner);
        }
    }

    private static void Return(ScriptEngine engine)
    {
        if (Idle.Count < Most)
        {
            Idle.Add(engine);
        }
        else
        {
            engine.Dispose();
        }
    }
}
