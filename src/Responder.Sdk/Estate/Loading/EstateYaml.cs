using System.Text.Json.Nodes;

namespace Responder.Sdk.Estate;

/// <summary>The one YAML document of a file of the estate.</summary>
internal static class EstateYaml
{
    public static JsonNode? Read(string yaml, string file)
    {
        try
        {
            return YamlJson.Read(yaml, file) switch
            {
                [] => null,
                [var one] => one.Root,
                _ => throw new EstateException($"{file}: holds more than one YAML document."),
            };
        }
        catch (YamlJsonException exception)
        {
            throw new EstateException(exception.Message, exception);
        }
    }
}

/// <summary>The estate's text is wrong; the message says where and what it takes.</summary>
public sealed class EstateException : Exception
{
    /// <summary>With its reason.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="inner">What found it.</param>
    public EstateException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
