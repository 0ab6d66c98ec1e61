using System.Text.Json;

namespace Responder.Playbooks.Expressions;

internal enum PlainKind : byte
{
    /// <summary>This is beyond the plain evaluator: the whole expression goes to the script engine.</summary>
    Beyond,
    Undefined,
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
    Lazy,
}

/// <summary>A value while an expression is worked out by hand. JSON stays JSON until its content is needed.</summary>
internal readonly struct PlainValue
{
    private readonly JsonElement _json;
    private readonly object? _object;
    private readonly double _number;

    private PlainValue(PlainKind kind, JsonElement json = default, object? content = null, double number = 0)
    {
        Kind = kind;
        _json = json;
        _object = content;
        _number = number;
    }

    public static PlainValue Beyond => default;

    public static PlainValue Undefined { get; } = new(PlainKind.Undefined);

    public static PlainValue Null { get; } = new(PlainKind.Null);

    public static PlainValue True { get; } = new(PlainKind.Boolean, number: 1);

    public static PlainValue False { get; } = new(PlainKind.Boolean);

    public PlainKind Kind { get; }

    public bool IsBeyond => Kind == PlainKind.Beyond;

    public bool IsNullish => Kind is PlainKind.Null or PlainKind.Undefined;

    public JsonElement Json => _json;

    public ScopeObject Lazy => (ScopeObject)_object!;

    public string Text => _object as string ?? JsonRead.Text(_json);

    public double Number => _json.ValueKind == JsonValueKind.Number ? _json.GetDouble() : _number;

    /// <summary>JavaScript's truth.</summary>
    public bool IsTrue => Kind switch
    {
        PlainKind.Boolean => _number != 0,
        PlainKind.Number => Number is not 0 and not double.NaN,
        PlainKind.Text => Text.Length > 0,
        PlainKind.List or PlainKind.Object or PlainKind.Lazy => true,
        _ => false,
    };

    public static PlainValue Of(bool value) => value ? True : False;

    public static PlainValue Of(double value) => new(PlainKind.Number, number: value);

    public static PlainValue Of(string value) => new(PlainKind.Text, content: value);

    public static PlainValue Of(in ScopeValue value) => value.Lazy is { } lazy ? new PlainValue(PlainKind.Lazy, content: lazy) : Of(value.Json);

    public static PlainValue Of(in JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new PlainValue(PlainKind.Text, json),
        JsonValueKind.Number => new PlainValue(PlainKind.Number, json),
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.Array => new PlainValue(PlainKind.List, json),
        JsonValueKind.Object => new PlainValue(PlainKind.Object, json),
        _ => Null,
    };
}
