using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Emulation;

/// <summary>The sign-in of Entra ID: one tenant, one app registration, client credentials by secret or by certificate; tokens with their roles.</summary>
public sealed class EntraDesk
{
    private readonly EmulatorSite _site;
    private readonly string _audience;

    /// <summary>Makes tenant, app and secret.</summary>
    /// <param name="site">Clock, address.</param>
    /// <param name="audience">The product that tokens are for: <c>https://graph.microsoft.com</c>.</param>
    /// <param name="roles">What the app may; looked at when a token is made.</param>
    public EntraDesk(EmulatorSite site, string audience, IReadOnlyCollection<string> roles)
    {
        ArgumentNullException.ThrowIfNull(site);
        (_site, _audience, Roles) = (site, audience, roles);
        Tokens = new TokenDesk(site.Time, TimeSpan.FromSeconds(3599)) { ClientId = NewId(), Mint = Mint };
    }

    /// <summary>The tenant's id.</summary>
    public string Tenant { get; } = NewId();

    /// <summary>The app's tokens.</summary>
    public TokenDesk Tokens { get; }

    /// <summary>The app's application permissions.</summary>
    public IReadOnlyCollection<string> Roles { get; }

    /// <summary>A certificate that the app may sign in with instead of the secret.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Maps the token endpoint, and that of a managed identity as a machine of Azure's has it (<c>IDENTITY_ENDPOINT</c>; its header is the client's secret).</summary>
    /// <param name="app">The routes.</param>
    public void Map(WebApplication app)
    {
        app.MapPost("/{tenant}/oauth2/v2.0/token", TokenAsync);
        app.MapGet("/msi/token", IdentityAsync);
    }

    /// <summary>True for the sign-in's own path, where no token is wanted.</summary>
    /// <param name="http">The call.</param>
    public static bool IsSignIn(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.Path.Value is { } path && (path.EndsWith("/oauth2/v2.0/token", StringComparison.OrdinalIgnoreCase) || path == "/msi/token");
    }

    /// <summary>A GUID of the emulator's own.</summary>
    public static string NewId() => Guid.ParseExact(EmulatorSite.NewHex(), "N").ToString();

    private async Task TokenAsync(HttpContext http)
    {
        var (tenant, form) = (http.Request.RouteValues["tenant"]!.ToString()!, await http.Request.ReadFormAsync());
        http.Response.Headers.CacheControl = "no-store, no-cache";
        http.Response.Headers["x-content-type-options"] = "nosniff";
        http.Response.Headers["x-ms-request-id"] = NewId();
        var (status, body) = form["grant_type"] != "client_credentials" ? (400, Error("unsupported_grant_type", 70003, "The app requested an unsupported grant type."))
            : tenant != Tenant ? (400, Error("invalid_request", 90002, $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."))
            : form["client_id"] != Tokens.ClientId ? (400, Error("unauthorized_client", 700016, $"Application with identifier '{form["client_id"]}' was not found in the directory."))
            : form["scope"] != $"{_audience}/.default" ? (400, Error("invalid_scope", 1002012, $"The provided value for scope {form["scope"]} is not valid."))
            : form.ContainsKey("client_assertion") ? IsSigned(form["client_assertion"].ToString()) ? (200, Token()) : (401, Error("invalid_client", 700027, "The certificate with identifier used to sign the client assertion is not registered on application."))
            : form["client_secret"] == Tokens.ClientSecret ? (200, Token())
            : (401, Error("invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID."));
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.WriteAsync(body.ToJsonString(VendorJson.Snake));
    }

    private Task IdentityAsync(HttpContext http)
    {
        var allowed = http.Request.Headers["X-IDENTITY-HEADER"] == Tokens.ClientSecret && http.Request.Query["resource"] == _audience;
        (http.Response.StatusCode, http.Response.ContentType) = (allowed ? 200 : 401, "application/json; charset=utf-8");
        var body = allowed
            ? new JsonObject
            {
                ["access_token"] = Tokens.Grant(), ["expires_on"] = (TimeProvider.System.GetUtcNow() + Tokens.Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ["resource"] = _audience,
                ["token_type"] = "Bearer", ["client_id"] = Tokens.ClientId,
            }
            : new JsonObject { ["statusCode"] = 401, ["message"] = "Unauthorized" };
        return http.Response.WriteAsync(body.ToJsonString(VendorJson.Snake));
    }

    private JsonObject Token()
    {
        var seconds = (int)Tokens.Lifetime.TotalSeconds;
        return new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = seconds, ["ext_expires_in"] = seconds, ["access_token"] = Tokens.Grant() };
    }

    private JsonObject Error(string word, int code, string message)
    {
        var (trace, correlation, at) = (NewId(), NewId(), _site.Time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["error"] = word,
            ["error_description"] = string.Create(CultureInfo.InvariantCulture, $"AADSTS{code}: {message}\r\nTrace ID: {trace}\r\nCorrelation ID: {correlation}\r\nTimestamp: {at}"),
            ["error_codes"] = new JsonArray(code), ["timestamp"] = at, ["trace_id"] = trace, ["correlation_id"] = correlation,
            ["error_uri"] = string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/error?code={code}"),
        };
    }

    /// <summary>A token in the product's form, with a signature that nobody can check: only we do, by knowing what we gave out.</summary>
    private string Mint()
    {
        var now = _site.Time.GetUtcNow();
        var claims = new JsonObject
        {
            ["aud"] = _audience, ["iss"] = $"https://sts.windows.net/{Tenant}/", ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = (now + Tokens.Lifetime).ToUnixTimeSeconds(),
            ["app_displayname"] = "responder", ["appid"] = Tokens.ClientId, ["idtyp"] = "app", ["roles"] = new JsonArray([.. Roles.Select(role => (JsonNode?)role)]), ["tid"] = Tenant, ["ver"] = "1.0", ["uti"] = EmulatorSite.NewSecret(22),
        };
        return $"{Part(new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256" })}.{Part(claims)}.{EmulatorSite.NewSecret(43)}";
    }

    private bool IsSigned(string assertion)
    {
        if (Certificate?.GetRSAPublicKey() is not { } key || assertion.Split('.') is not [var head, var claims, var signature])
        {
            return false;
        }

        try
        {
            var algorithm = JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement.GetProperty("alg").GetString();
            var padding = algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            return JsonDocument.Parse(Base64Url.DecodeFromChars(claims)).RootElement.GetProperty("iss").GetString() == Tokens.ClientId
                && key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, padding);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
