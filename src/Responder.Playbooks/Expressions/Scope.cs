using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>What an expression can see. Names are resolved when they are read, so that a scope costs nothing until then.</summary>
public interface IScope
{
    /// <summary>The time that <c>now()</c> gives: that of the event being handled, from the journal.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A name of the first level: <c>alert</c>, <c>steps</c>, a loop's item.</summary>
    /// <param name="name">The name.</param>
    ScopeValue Get(string name);
}

/// <summary>An object whose members are looked up when they are read: <c>steps</c>, <c>run.steps</c>.</summary>
public abstract class ScopeObject
{
    /// <summary>For error messages: <c>steps</c>.</summary>
    public abstract string Name { get; }

    /// <summary>A member; null (JSON) where there is none.</summary>
    /// <param name="key">Its name.</param>
    public abstract ScopeValue Get(string key);

    /// <summary>The members' names.</summary>
    public abstract IEnumerable<string> Keys { get; }
}

/// <summary>A value in scope: JSON, or an object looked up lazily.</summary>
public readonly struct ScopeValue
{
    private static readonly JsonElement NullElement = JsonDocument.Parse("null").RootElement;
    private readonly JsonElement _json;

    /// <summary>A JSON value.</summary>
    /// <param name="json">The value.</param>
    public ScopeValue(JsonElement json) => _json = json;

    /// <summary>A lazy object.</summary>
    /// <param name="lazy">The object.</param>
    public ScopeValue(ScopeObject lazy) => Lazy = lazy;

    /// <summary>JSON's null.</summary>
    public static ScopeValue Null { get; } = new(NullElement);

    /// <summary>The lazy object, or null.</summary>
    public ScopeObject? Lazy { get; }

    /// <summary>The JSON value; null where it is a lazy object or was never set.</summary>
    public JsonElement Json => _json.ValueKind == JsonValueKind.Undefined ? NullElement : _json;
}

/// <summary>An expression that failed: its text, where it is written, and why.</summary>
/// <param name="message">Why, naming the step or the name that was read.</param>
/// <param name="source">The expression.</param>
/// <param name="at">Where it is written.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ExpressionFailure(string message, string source, Language.SourcePosition at, Exception? inner = null)
    : Exception($"{message} in `{source}` (line {at.Line}, column {at.Column})", inner)
{
    /// <summary>Why.</summary>
    public string Reason { get; } = message;

    /// <summary>The expression.</summary>
    public string Expression { get; } = source;

    /// <summary>Where it is written.</summary>
    public Language.SourcePosition At { get; } = at;
}
