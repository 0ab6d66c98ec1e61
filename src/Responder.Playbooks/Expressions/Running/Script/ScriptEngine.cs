using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Responder.Playbooks.Expressions;

/// <summary>One hardened engine. Used by one evaluation at a time, again and again.</summary>
internal sealed class ScriptEngine : IDisposable
{
    private const int MostFunctions = 2_000;
    private readonly Engine _engine;
    private readonly Budget _budget = new();
    private readonly Dictionary<ScriptProgram, JsValue> _functions = new(ReferenceEqualityComparer.Instance);
    private DateTimeOffset _now;

    public ScriptEngine()
    {
        _engine = new Engine(options =>
        {
            options.Strict();
            options.Constraint(_budget);
            options.LimitRecursion(ExpressionLimits.Recursion);
            options.Constraints.MaxArraySize = ExpressionLimits.List;
            options.Constraints.RegexTimeout = ExpressionLimits.Match;
            options.Host.StringCompilationAllowed = false;
            options.Culture = System.Globalization.CultureInfo.InvariantCulture;
            options.TimeZone = TimeZoneInfo.Utc;
        });
        SafeWorld.Harden(_engine, Guards.Make(_engine, _budget), HelperFunctions.Make(_engine, _budget, () => _now));
    }

    public Budget Budget => _budget;

    public Engine Engine => _engine;

    /// <summary>Runs a program.</summary>
    /// <exception cref="Stopped">It asked for too much.</exception>
    /// <exception cref="JavaScriptException">It failed.</exception>
    public JsValue Run(ScriptProgram program, IScope scope)
    {
        _now = scope.Now;
        var arguments = new JsValue[program.Names.Count];
        _budget.Begin();
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = ScriptValues.Of(_engine, scope.Get(program.Names[i]), program.Names[i]);
        }

        return _engine.Call(Function(program), arguments);
    }

    public void Dispose() => _engine.Dispose();

    private JsValue Function(ScriptProgram program)
    {
        if (!_functions.TryGetValue(program, out var function))
        {
            if (_functions.Count >= MostFunctions)
            {
                _functions.Clear(); // playbooks were loaded anew many times: let the old ones go
            }

            function = _engine.Evaluate(program.Script);
            _functions.Add(program, function);
        }

        return function;
    }
}
