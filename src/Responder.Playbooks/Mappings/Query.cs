using System.Collections.Concurrent;
using System.Text.Json;
using DevLab.JmesPath;
using DevLab.JmesPath.Expressions;
using Newtonsoft.Json.Linq;

namespace Responder.Playbooks.Mappings;

/// <summary>A JMESPath query of a mapping file. It is checked when it is read and parsed when it is used: of the many queries of all sources few are ever needed.</summary>
public sealed class Query
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    // Functions keep what they were called with, so that what was parsed by one parser can't be used side by side either. To check, one does for all.
    private static readonly Lazy<JmesPath> Checker = new(Parser);

    // The library keeps the document being searched on the parsed nodes, so that two threads may not share them.
    private readonly ConcurrentBag<JmesPathExpression> _parsed = [];

    // Null where the query is more than a plain one; then the library answers it.
    private readonly PlainQuery? _plain;

    /// <summary>Checks it.</summary>
    /// <param name="source">JMESPath.</param>
    /// <exception cref="FormatException">It does not parse.</exception>
    public Query(string source)
        : this(source, PlainQuery.TryParse(source))
    {
        if (_plain is null)
        {
            lock (Checker)
            {
                Parse(Checker.Value, source);
            }
        }
    }

    private Query(string source, PlainQuery? plain) => (Source, _plain) = (source, plain);

    /// <summary>The text.</summary>
    public string Source { get; }

    /// <summary>One that is known to parse.</summary>
    /// <param name="source">JMESPath.</param>
    public static Query Known(string source) => new(source, PlainQuery.TryParse(source));

    /// <summary>What it finds; JSON's null where nothing, or where a function of it was given a value of another type.</summary>
    /// <param name="document">Where to look.</param>
    public JsonElement Find(JsonDocumentView document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return _plain is not null ? _plain.Find(document.Json) ?? Null : Search(document) is { } token ? ToJson(token) : Null;
    }

    /// <summary>True where it finds something that JMESPath takes for true: not null, false, or empty.</summary>
    /// <param name="document">Where to look.</param>
    public bool IsTrue(JsonDocumentView document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return _plain is not null ? PlainQuery.IsTrue(_plain.Find(document.Json)) : IsTrue(Search(document));
    }

    private static bool IsTrue(JToken? found) => found switch
    {
        null => false,
        JValue { Value: null } => false,
        JValue { Value: bool truth } => truth,
        JValue { Value: string text } => text.Length > 0,
        JContainer container => container.HasValues,
        _ => true,
    };

    /// <inheritdoc/>
    public override string ToString() => Source;

    private JToken? Search(JsonDocumentView document)
    {
        var parsed = _parsed.TryTake(out var free) ? free : Parse(Parser(), Source);
        try
        {
            return parsed.Transform(document.Token).AsJToken();
        }
#pragma warning disable CA1031 // The library throws plain Exception where a function meets a value of a wrong type: an alert that has another shape there lacks the field.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
        finally
        {
            _parsed.Add(parsed);
        }
    }

    private static JsonElement ToJson(JToken token) => token.Type is JTokenType.Null or JTokenType.Undefined ? Null
        : JsonElement.Parse(token.ToString(Newtonsoft.Json.Formatting.None), new JsonDocumentOptions { MaxDepth = 128 });

    private static JmesPath Parser()
    {
        var parser = new JmesPath();
        QueryFunctions.Register(parser);
        return parser;
    }

    private static JmesPathExpression Parse(JmesPath parser, string source)
    {
        try
        {
            return parser.Parse(source);
        }
#pragma warning disable CA1031 // The parser throws plain Exception.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new FormatException($"`{source}` is no JMESPath: {error.Message}", error);
        }
    }
}
