using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Responder.Sdk.Rest;

/// <summary>Reads a connection's settings; what is missing or wrong fails with the setting's full name.</summary>
public static class ConnectionSection
{
    /// <summary>A text that must be there.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    /// <param name="takes">What it takes, for the message.</param>
    public static string Required(this IConfigurationSection settings, string name, string takes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return string.IsNullOrWhiteSpace(settings[name]) ? throw new SettingsException($"{settings.Path}:{name}", $"is missing; it takes {takes}.") : settings[name]!.Trim();
    }

    /// <summary>A secret that must be there.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    /// <param name="takes">What it takes.</param>
    public static Secret RequiredSecret(this IConfigurationSection settings, string name, string takes) => new(settings.Required(name, takes));

    /// <summary>A product's base address: https, or http on loopback.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    /// <param name="otherwise">The address where it is not set; null where it must be.</param>
    public static Uri Address(this IConfigurationSection settings, string name, string? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var text = settings[name] is { Length: > 0 } said ? said : otherwise ?? settings.Required(name, "an address such as https://product.example");
        return !Uri.TryCreate(text, UriKind.Absolute, out var address) ? throw new SettingsException($"{settings.Path}:{name}", $"'{text}' is not an address; it takes one such as https://product.example.")
            : KnownHosts.Problem(address) is { } problem ? throw new SettingsException($"{settings.Path}:{name}", $"'{address.GetLeftPart(UriPartial.Path)}' {problem}.")
            : address;
    }

    /// <summary>A file that must be readable, where it is set.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    public static string? ExistingFile(this IConfigurationSection settings, string name)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings[name] is not { Length: > 0 } file ? null
            : File.Exists(file) ? file : throw new SettingsException($"{settings.Path}:{name}", $"names the file '{file}', which is not there.");
    }

    /// <summary>Yes or no.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    /// <param name="otherwise">Where it is not set.</param>
    public static bool Flag(this IConfigurationSection settings, string name, bool otherwise)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings[name] is not { Length: > 0 } text ? otherwise
            : bool.TryParse(text, out var flag) ? flag : throw new SettingsException($"{settings.Path}:{name}", $"is '{text}'; it takes true or false.");
    }

    /// <summary>A number of seconds, as a duration.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    /// <param name="otherwise">Where it is not set.</param>
    public static TimeSpan Seconds(this IConfigurationSection settings, string name, double otherwise)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings[name] is not { Length: > 0 } text ? TimeSpan.FromSeconds(otherwise)
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds)
            : throw new SettingsException($"{settings.Path}:{name}", $"is '{text}'; it takes a number of seconds above 0.");
    }

    /// <summary>A list of texts; one text alone is a list of one.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="name">The setting.</param>
    public static IReadOnlyList<string> Texts(this IConfigurationSection settings, string name)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var list = settings.GetSection(name);
        return list.Value is { Length: > 0 } one ? [one] : [.. list.GetChildren().Select(child => child.Value).OfType<string>()];
    }

    /// <summary>Refuses a setting that the connector does not know: a slip of the pen would otherwise be a default, silently.</summary>
    /// <param name="settings">The connection's section.</param>
    /// <param name="known">The settings there are, besides <c>Connector</c>.</param>
    public static void OnlyKnows(this IConfigurationSection settings, params string[] known)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (var child in settings.GetChildren().Where(child => !child.Key.Equals("Connector", StringComparison.OrdinalIgnoreCase)))
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingsException(child.Path, $"is no setting of this connector; it has {string.Join(", ", known)}.");
            }
        }
    }
}
