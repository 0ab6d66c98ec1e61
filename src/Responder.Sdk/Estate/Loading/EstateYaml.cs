using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Responder.Sdk.Estate;

/// <summary>YAML 1.2 (and so JSON) as JSON: <c>yes</c>, <c>no</c> and <c>on</c> are text; anchors and tags are refused.</summary>
internal static class EstateYaml
{
    public static JsonNode? Read(string yaml, string file)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return null;
            }

            parser.Consume<DocumentStart>();
            var node = Node(parser, file);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _) ? node : throw new EstateException($"{file}: holds more than one YAML document.");
        }
        catch (YamlException exception)
        {
            throw new EstateException($"{file}:{exception.Start.Line}:{exception.Start.Column}: {exception.Message}", exception);
        }
    }

    private static JsonNode? Node(Parser parser, string file)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar is { Style: ScalarStyle.Plain, IsKey: false } ? Plain(scalar.Value) : JsonValue.Create(scalar.Value);
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
            throw new EstateException($"{file}:{at.Line}:{at.Column}: anchors and aliases are not used here; write the value again.");
        }

        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!map.TryAdd(key.Value, Node(parser, file)))
            {
                throw new EstateException($"{file}:{key.Start.Line}:{key.Start.Column}: '{key.Value}' is there twice.");
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

/// <summary>The estate's text is wrong; the message says where and what it takes.</summary>
public sealed class EstateException : Exception
{
    internal EstateException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
