namespace Responder.Playbooks.Language;

/// <summary>Where playbooks lie on disk: <c>&lt;folder&gt;/playbook.yaml</c>, or a file named by itself.</summary>
public static class PlaybookFiles
{
    /// <summary>Every playbook below a folder, or the one file that is named; in the order of their names.</summary>
    /// <param name="path">The folder or file.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IEnumerable<(string File, string Text)> Below(string path)
    {
        if (File.Exists(path))
        {
            return [(Name(path), File.ReadAllText(path))];
        }

        return Directory.EnumerateFiles(path, "playbook.y*ml", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .Select(file => (Name(file), File.ReadAllText(file)));
    }

    private static string Name(string path) => path.Replace('\\', '/');
}
