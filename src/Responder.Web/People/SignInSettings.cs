using Responder.Sdk;

namespace Responder.Web.People;

/// <summary>How people sign in: by OpenID Connect where <see cref="Oidc"/> is given, else by local accounts.</summary>
public sealed record SignInSettings
{
    /// <summary>How long a session lasts; a shift, unless said.</summary>
    public TimeSpan SessionLasts { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// The secret that the keys of sessions are encrypted with in the store, so that a session is good at every node; null where each node keeps its own in its data folder.
    /// </summary>
    public Secret? SessionSecret { get; init; }

    /// <summary>The provider; null for local accounts.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>Reads the section <c>SignIn</c>.</summary>
    /// <param name="settings">All settings.</param>
    /// <exception cref="SettingsException">A value is missing or can't be.</exception>
    public static SignInSettings Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var section = settings.GetSection("SignIn");
        var hours = section["SessionHours"] is { Length: > 0 } given
            ? double.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 168
                ? number : throw new SettingsException("SignIn:SessionHours", $"is '{given}'; it is a number of hours, at most 168.")
            : 12;
        var secret = section["SessionSecret"] is not { Length: > 0 } text ? null
            : text.Length >= 32 ? new Secret(text) : throw new SettingsException("SignIn:SessionSecret", "is too short: it takes at least 32 characters that nobody can guess, like what `openssl rand -base64 32` prints.");
        return new SignInSettings
        {
            SessionLasts = TimeSpan.FromHours(hours), SessionSecret = secret, Oidc = section.GetSection("Oidc").Exists() ? OidcSettings.Read(section.GetSection("Oidc")) : null,
        };
    }
}

/// <summary>An OpenID Connect provider.</summary>
/// <param name="Authority">Its address: <c>https://login.microsoftonline.com/TENANT/v2.0</c>.</param>
/// <param name="ClientId">This installation's id there.</param>
/// <param name="ClientSecret">Its secret; null for a public client (PKCE is used either way).</param>
/// <param name="RoleClaim">The claim that holds roles or groups.</param>
/// <param name="Roles">A value of the claim to a role here. A value that is itself a role's name needs no line.</param>
/// <param name="Scopes">What is asked for besides <c>openid</c> and <c>profile</c>.</param>
public sealed record OidcSettings(
    string Authority, string ClientId, Secret? ClientSecret, string RoleClaim, IReadOnlyDictionary<string, string> Roles, IReadOnlyList<string> Scopes)
{
    internal static OidcSettings Read(IConfigurationSection section)
    {
        var authority = Needed("Authority");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback))
        {
            throw new SettingsException($"{section.Path}:Authority", $"is '{authority}'; it is an https address.");
        }

        var roles = section.GetSection("Roles").GetChildren().ToDictionary(one => one.Key, one => one.Value ?? string.Empty, StringComparer.OrdinalIgnoreCase);
        return roles.FirstOrDefault(one => !Access.Roles.All.Contains(one.Value)) is { Key: { } wrong }
            ? throw new SettingsException($"{section.Path}:Roles:{wrong}", $"is '{roles[wrong]}', and there are the roles {string.Join(", ", Access.Roles.All)}.")
            : new OidcSettings(
                authority, Needed("ClientId"), section["ClientSecret"] is { Length: > 0 } secret ? new Secret(secret) : null, section["RoleClaim"] ?? "roles", roles,
                section["Scopes"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []);

        string Needed(string name) => section[name] is { Length: > 0 } value ? value : throw new SettingsException($"{section.Path}:{name}", "is missing.");
    }

    /// <summary>The roles that a person has by the values of their claim; none where no value means one.</summary>
    /// <param name="values">The values.</param>
    public IReadOnlyList<string> RolesOf(IEnumerable<string> values) =>
        [.. values.Select(value => Roles.GetValueOrDefault(value) ?? (Access.Roles.All.Contains(value) ? value : null)).OfType<string>().Distinct(StringComparer.Ordinal)];
}
