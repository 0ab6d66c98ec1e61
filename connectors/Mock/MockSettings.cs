using Microsoft.Extensions.Configuration;
using Responder.Sdk;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock;

/// <summary>
/// The connection's settings: <c>Estate</c> (a file in place of the built-in company), <c>Overrides</c> (laid over it) and <c>Faults</c> (a list).
/// Each of the last two is a file's path, or the YAML or JSON itself. <c>Folder</c> is where its effects are kept, in place of the data folder.
/// </summary>
internal static class MockSettings
{
    private static readonly string[] Known = ["Estate", "Overrides", "Faults", "Folder"];

    public static EstateDefinition Read(IConfigurationSection settings)
    {
        foreach (var child in settings.GetChildren())
        {
            // The host has settings of its own in the section; what looks like one of ours and is none is a slip of the pen.
            if (Known.FirstOrDefault(name => child.Key.StartsWith(name[..4], StringComparison.OrdinalIgnoreCase)) is { } meant && !child.Key.Equals(meant, StringComparison.OrdinalIgnoreCase))
            {
                throw new SettingsException(child.Path, $"is no setting of the mock connector; did you mean {meant}? It has {string.Join(", ", Known)}.");
            }
        }

        try
        {
            var (definition, checkNow) = (BuiltIn(), false);
            if (settings["Estate"] is { Length: > 0 } file)
            {
                (definition, checkNow) = (EstateDefinition.Parse(FileText(settings, "Estate", file), file), true);
            }

            if (settings["Overrides"] is { Length: > 0 } overrides)
            {
                var (text, source) = TextOf(settings, "Overrides", overrides);
                (definition, checkNow) = (definition.With(EstateDefinition.Parse(text, source)), true);
            }

            if (settings["Faults"] is { Length: > 0 } faults)
            {
                var (text, source) = TextOf(settings, "Faults", faults);
                (definition, checkNow) = (definition.WithFaults(text, source), true);
            }

            if (checkNow)
            {
                // The built-in company alone is known to be right, and is made when it is first needed.
                definition.Make();
            }

            return definition;
        }
        catch (EstateException exception)
        {
            throw new SettingsException(settings.Path, exception.Message);
        }
    }

    /// <summary>The company of estate.yaml, as it was when this was built.</summary>
    internal static EstateDefinition BuiltIn()
    {
        using var stream = typeof(MockSettings).Assembly.GetManifestResourceStream("estate.yaml")!;
        using var reader = new StreamReader(stream);
        return EstateDefinition.Parse(reader.ReadToEnd(), "estate.yaml");
    }

    private static (string Text, string Source) TextOf(IConfigurationSection settings, string name, string value)
    {
        var begins = value.TrimStart();
        return begins.StartsWith('{') || begins.StartsWith('[') || value.Contains('\n', StringComparison.Ordinal)
            ? (value, name)
            : (FileText(settings, name, value), value);
    }

    private static string FileText(IConfigurationSection settings, string name, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{settings.Path}:{name}", $"the file '{file}' can't be read: {exception.Message}");
        }
    }
}
