using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Rest;

namespace Responder.Connectors.Splunk;

/// <summary>The connection's settings, checked at start.</summary>
/// <param name="Url"><c>Url</c>: the management port: <c>https://splunk.company.com:8089</c>.</param>
/// <param name="Token"><c>Token</c>: an authentication token.</param>
/// <param name="CaFile"><c>CaFile</c>: a PEM file with a certificate authority of the company's own.</param>
/// <param name="Timeout"><c>Timeout</c>: of a call, in seconds; 30 unless said.</param>
internal sealed record SplunkSettings(Uri Url, Secret Token, string? CaFile, TimeSpan Timeout)
{
    public static SplunkSettings Read(IConfigurationSection settings)
    {
        settings.OnlyKnows("Url", "Token", "CaFile", "Timeout");
        return new SplunkSettings(settings.Address("Url"), settings.RequiredSecret("Token", "an authentication token of a Splunk user"), settings.ExistingFile("CaFile"), settings.Seconds("Timeout", 30));
    }
}
