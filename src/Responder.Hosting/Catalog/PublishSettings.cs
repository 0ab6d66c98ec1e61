using Microsoft.Extensions.Configuration;
using Responder.Sdk;

namespace Responder.Hosting.Catalog;

/// <summary>What publishing a playbook takes here.</summary>
/// <param name="SecondPerson">True where somebody else must look at a change before it is in force.</param>
/// <param name="Git">True where it is committed when the folder lies in a git repository.</param>
public sealed record PublishSettings(bool SecondPerson = false, bool Git = true)
{
    /// <summary>Reads the section <c>Publishing</c>.</summary>
    /// <param name="settings">All settings.</param>
    /// <exception cref="SettingsException">A value is neither true nor false.</exception>
    public static PublishSettings Read(IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new PublishSettings(Flag("SecondPerson", false), Flag("Git", true));

        bool Flag(string name, bool usual) => settings[$"Publishing:{name}"] is { Length: > 0 } text
            ? bool.TryParse(text, out var value) ? value : throw new SettingsException($"Publishing:{name}", $"is '{text}'; it is true or false.")
            : usual;
    }
}
