using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Elastic;

/// <summary>The settings of one connection, checked at start.</summary>
/// <param name="Url"><c>Url</c>: Kibana: <c>https://kibana.company.com:5601</c>.</param>
/// <param name="ApiKey"><c>ApiKey</c>: an API key, encoded, as Kibana shows it.</param>
/// <param name="Space"><c>Space</c>: the space that the alerts are in; the default one where it is not said.</param>
/// <param name="CaFile"><c>CaFile</c>: a PEM file with a certificate authority of the company's own.</param>
/// <param name="Timeout"><c>TimeoutSeconds</c>: of a call, in seconds; 30 unless said.</param>
internal sealed partial record ElasticSettings(Uri Url, Secret ApiKey, string? Space, string? CaFile, TimeSpan Timeout)
{
    public static ElasticSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows("Url", "ApiKey", "Space", "CaFile", "TimeoutSeconds");
        var space = settings["Space"] is { Length: > 0 } named and not "default" ? named : null;
        return space is not null && !SpaceId().IsMatch(space)
            ? throw new SettingsException($"{settings.Path}:Space", $"is '{space}'; a space's identifier has lower-case letters, digits, _ and -.")
            : new ElasticSettings(settings.Address("Url"), settings.RequiredSecret("ApiKey", "an API key of Kibana, encoded"), space, settings.ExistingFile("CaFile"), settings.Seconds("TimeoutSeconds", 30));
    }

    [GeneratedRegex("^[a-z0-9_-]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex SpaceId();
}
