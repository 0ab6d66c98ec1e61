using System.Text;
using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Connectors.Http;

/// <summary>The header by which the connection shows who it is.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">What is sent.</param>
/// <param name="Parts">Every text that must not come back in an answer: the value and what it is made of.</param>
internal sealed record CredentialHeader(string Name, Secret Value, IReadOnlyList<Secret> Parts)
{
    private const string Authorization = "Authorization";

    /// <summary>From <c>Bearer</c>, or <c>User</c> and <c>Password</c>, or <c>HeaderName</c> and <c>HeaderValue</c>; null without any.</summary>
    public static CredentialHeader? Read(IConfigurationSection settings)
    {
        var (bearer, user, password, name, value) = (settings["Bearer"], settings["User"], settings["Password"], settings["HeaderName"], settings["HeaderValue"]);
        if (new[] { bearer, user ?? password, name ?? value }.Count(one => !string.IsNullOrEmpty(one)) > 1)
        {
            throw new SettingsException(settings.Path, "has several credentials; give Bearer, or User and Password, or HeaderName and HeaderValue.");
        }

        if (!string.IsNullOrEmpty(bearer))
        {
            return new CredentialHeader(Authorization, new Secret($"Bearer {bearer}"), [new Secret(bearer)]);
        }

        if (Both(settings, "User", user, "Password", password))
        {
            var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
            return new CredentialHeader(Authorization, new Secret($"Basic {pair}"), [new Secret(pair), new Secret(password!)]);
        }

        return Both(settings, "HeaderName", name, "HeaderValue", value) ? new CredentialHeader(name!, new Secret(value!), [new Secret(value!)]) : null;
    }

    /// <summary>A text without the credential: some APIs answer with what they were sent.</summary>
    public string Hide(string text)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Reveal() is { Length: >= 4 } part)
            {
                text = text.Replace(part, "***", StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>True where <see cref="Hide"/> would find something in a text of UTF-8.</summary>
    public bool IsIn(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Reveal() is { Length: >= 4 } part && text.IndexOf(Encoding.UTF8.GetBytes(part)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Both(IConfigurationSection settings, string first, string? one, string second, string? other) => (string.IsNullOrEmpty(one), string.IsNullOrEmpty(other)) switch
    {
        (true, true) => false,
        (false, false) => true,
        (true, false) => throw new SettingsException($"{settings.Path}:{first}", $"is missing; {first} and {second} go together."),
        (false, true) => throw new SettingsException($"{settings.Path}:{second}", $"is missing; {first} and {second} go together."),
    };
}
