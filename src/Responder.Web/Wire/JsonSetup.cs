using System.Text.Json;
using Responder.Sdk;

namespace Responder.Web.Wire;

/// <summary>JSON on the wire is as it is everywhere: the options of <see cref="Json"/>, which ASP.NET Core can't be given whole.</summary>
internal static class JsonSetup
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = Json.Options.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = false;
        options.DictionaryKeyPolicy = Json.Options.DictionaryKeyPolicy;
        options.Encoder = Json.Options.Encoder;
        options.NumberHandling = Json.Options.NumberHandling;
        options.RespectNullableAnnotations = Json.Options.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = Json.Options.RespectRequiredConstructorParameters;
        foreach (var converter in Json.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
