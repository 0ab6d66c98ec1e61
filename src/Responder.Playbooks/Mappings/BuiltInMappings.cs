namespace Responder.Playbooks.Mappings;

/// <summary>The mapping files that come with the program (<c>connectors/Sources/*.yaml</c>), and those of a folder.</summary>
public static class BuiltInMappings
{
    private const string Prefix = "Sources/";

    /// <summary>Those that come with the program, read anew.</summary>
    /// <exception cref="MappingFailure">One has problems.</exception>
    public static IReadOnlyList<SourceMapping> Read()
    {
        var assembly = typeof(BuiltInMappings).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return MappingFile.ReadBuiltIn(reader.ReadToEnd(), "connectors/" + name);
        })];
    }

    /// <summary>Those that come with the program and those of a folder; a file of the folder takes the place of the built-in one for the same source.</summary>
    /// <param name="files">The folder's files: name and text.</param>
    /// <exception cref="MappingFailure">One has problems.</exception>
    public static IReadOnlyList<SourceMapping> With(IEnumerable<(string Name, string Yaml)> files)
    {
        var own = files.Select(file => MappingFile.Read(file.Yaml, file.Name)).ToList();
        return [.. own, .. Read().Where(one => own.TrueForAll(other => other.Source != one.Source))];
    }
}
