using System.Reflection;

namespace Responder.Sdk.Emulation;

/// <summary>Finds the emulators that a connector brings.</summary>
public static class Emulators
{
    /// <summary>New ones, by name.</summary>
    /// <param name="connector">The connector's assembly.</param>
    public static IReadOnlyList<Emulator> In(Assembly connector)
    {
        ArgumentNullException.ThrowIfNull(connector);
        return [.. connector.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(Emulator).IsAssignableFrom(type))
            .Select(type => (Emulator)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(emulator => emulator.Name, StringComparer.Ordinal)];
    }
}
