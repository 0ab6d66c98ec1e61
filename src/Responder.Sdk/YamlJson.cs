using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Responder.Sdk;

/// <summary>YAML 1.2 (and so JSON) as JSON, for files that are data: <c>yes</c>, <c>no</c> and <c>on</c> are text; anchors and aliases are refused.</summary>
public static class YamlJson
{
    /// <summary>Reads all documents of a text, each with the line that it begins at.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">What it is called in messages: a file's name.</param>
    /// <exception cref="YamlJsonException">It is no YAML, or uses what is not used here; the message says where.</exception>
    public static IReadOnlyList<(int Line, JsonNode? Root)> Read(string yaml, string file)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            var documents = new List<(int, JsonNode?)>();
            while (!parser.Accept<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                documents.Add(((int)parser.Current!.Start.Line, Node(parser, file)));
                parser.Consume<DocumentEnd>();
            }

            return documents;
        }
        catch (YamlException exception)
        {
            throw new YamlJsonException($"{file}:{exception.Start.Line}:{exception.Start.Column}: {exception.Message}", exception);
        }
    }

    private static JsonNode? Node(Parser parser, string file)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(Node(parser, file));
            }

            return list;
        }

        if (!parser.TryConsume<MappingStart>(out _))
        {
            var at = parser.Current!.Start;
            throw new YamlJsonException($"{file}:{at.Line}:{at.Column}: anchors and aliases are not used here; write the value again.");
        }

        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!map.TryAdd(key.Value, Node(parser, file)))
            {
                throw new YamlJsonException($"{file}:{key.Start.Line}:{key.Start.Column}: '{key.Value}' is there twice.");
            }
        }

        return map;
    }

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && (text[0] != '0' || text.Length == 1) => JsonValue.Create(whole),
        _ when char.IsAsciiDigit(text[^1]) && text.Contains('.', StringComparison.Ordinal)
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}

/// <summary>A text is not the YAML that is wanted; the message says where and what it takes.</summary>
public sealed class YamlJsonException : Exception
{
    internal YamlJsonException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
