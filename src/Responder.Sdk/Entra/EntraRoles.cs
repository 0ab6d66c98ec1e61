using System.Buffers.Text;
using System.Text.Json;

namespace Responder.Sdk.Entra;

/// <summary>What a token says that its holder may. For people's eyes only: nobody but the product checks a token.</summary>
/// <param name="App">The application's shown name or id.</param>
/// <param name="Tenant">The directory's id.</param>
/// <param name="Roles">The application permissions that were consented to.</param>
public sealed record EntraRoles(string? App, string? Tenant, IReadOnlyList<string> Roles)
{
    /// <summary>Reads a token's claims; null where the product keeps them to itself.</summary>
    /// <param name="token">The token.</param>
    public static EntraRoles? Of(Secret token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Reveal().Split('.') is not [_, var payload, _])
        {
            return null;
        }

        try
        {
            var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload)).RootElement;
            return new EntraRoles(
                Text(claims, "app_displayname") ?? Text(claims, "appid") ?? Text(claims, "azp"), Text(claims, "tid"),
                claims.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array ? [.. roles.EnumerateArray().Select(role => role.ToString())] : []);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>For a check: each action, and null where one of its sets of permissions is whole, else what is missing.</summary>
    /// <param name="needs">For each action the sets that suffice, the least first; a set is written with <c> + </c> between.</param>
    public IReadOnlyDictionary<string, string?> Allow(IEnumerable<(string Action, IReadOnlyList<string> Sets)> needs) => needs.ToDictionary(
        need => need.Action,
        need => need.Sets.Any(set => set.Split(" + ").All(Roles.Contains)) ? null : $"the app registration lacks the application permission {need.Sets[0]}",
        StringComparer.Ordinal);

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
