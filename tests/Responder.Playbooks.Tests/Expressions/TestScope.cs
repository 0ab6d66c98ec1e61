using System.Text.Json;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Expression = Responder.Playbooks.Expressions.Expression;

namespace Responder.Playbooks.Tests.Expressions;

/// <summary>A scope of JSON by name, with lazy <c>steps</c>.</summary>
internal sealed class TestScope : IScope
{
    private readonly Dictionary<string, JsonElement> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _steps = new(StringComparer.Ordinal);

    public static SourcePosition At { get; } = new(7, 3);

    public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    public int Reads { get; private set; }

    public TestScope With(string name, string json)
    {
        _names[name] = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4000 }).RootElement;
        return this;
    }

    public TestScope Step(string id, string json)
    {
        _steps[id] = JsonDocument.Parse(json).RootElement;
        return this;
    }

    public ScopeValue Get(string name)
    {
        Reads++;
        return name == "steps" ? new ScopeValue(new Lazy(_steps)) : _names.TryGetValue(name, out var value) ? new ScopeValue(value) : ScopeValue.Null;
    }

    public static Expression Parse(string source)
    {
        var parsed = ExpressionParser.Parse(source, At);
        Assert.True(parsed.Problems.Count == 0, string.Join('\n', parsed.Problems));
        return parsed.Expression!;
    }

    public string Json(string source) => Parse(source).Evaluate(this).GetRawText();

    public string Fails(string source) => Assert.Throws<ExpressionFailure>(() => Parse(source).Evaluate(this)).Reason;

    private sealed class Lazy(Dictionary<string, JsonElement> steps) : ScopeObject
    {
        public override string Name => "steps";

        public override IEnumerable<string> Keys => steps.Keys;

        public override ScopeValue Get(string key) => steps.TryGetValue(key, out var value) ? new ScopeValue(value) : ScopeValue.Null;
    }
}
