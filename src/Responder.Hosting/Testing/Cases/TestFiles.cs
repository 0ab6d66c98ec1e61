using Responder.Sdk;

namespace Responder.Hosting.Testing.Cases;

/// <summary>Where tests lie on disk: <c>&lt;playbook&gt;/tests/*.yaml</c>.</summary>
internal static class TestFiles
{
    private const string Playbook = "playbook.yaml";

    /// <summary>The files of tests below a folder, of a playbook, or the one that is named; full paths, in the order of their names.</summary>
    /// <exception cref="TestFileException">There is no such path.</exception>
    public static IEnumerable<string> Below(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(full))
        {
            return Path.GetFileName(full) == Playbook ? Below(Path.GetDirectoryName(full)!) : [full];
        }

        if (!Directory.Exists(full))
        {
            throw new TestFileException($"{path}: there is no such folder or file.");
        }

        return Directory.EnumerateFiles(full, "*.y*ml", SearchOption.AllDirectories).Where(IsTest).Order(StringComparer.Ordinal);
    }

    /// <summary>The tests of a file; where it can't be read, one that says so.</summary>
    /// <param name="file">Its full path.</param>
    public static IReadOnlyList<TestCase> Read(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(file)!)!;
        try
        {
            if (!File.Exists(Path.Combine(folder, Playbook)))
            {
                throw new TestFileException($"{file}: a test lies in the folder 'tests' beside a {Playbook}; there is none in {folder}.");
            }

            return [.. YamlJson.Read(File.ReadAllText(file), file).Select((document, index) => One(file, folder, document.Line, index + 1, document.Root))];
        }
        catch (Exception exception) when (exception is TestFileException or YamlJsonException or IOException or UnauthorizedAccessException)
        {
            return [new TestCase(file, 1, 1, folder, null, exception.Message)];
        }
    }

    private static TestCase One(string file, string folder, int line, int number, System.Text.Json.Nodes.JsonNode? root)
    {
        try
        {
            return new TestCase(file, line, number, folder, TestReader.Read(root, $"{file}:{line}"));
        }
        catch (TestFileException exception)
        {
            return new TestCase(file, line, number, folder, null, exception.Message);
        }
    }

    private static bool IsTest(string file) =>
        Path.GetExtension(file) is ".yaml" or ".yml" && Path.GetFileName(Path.GetDirectoryName(file)) == "tests"
        && File.Exists(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(file)!)!, Playbook));
}
