namespace Responder.Playbooks.Tests;

/// <summary>Files that tests read.</summary>
internal static class Fixture
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([AppContext.BaseDirectory, "Fixtures", .. parts]);

    /// <summary>The language page's own example.</summary>
    public static string Example { get; } = File.ReadAllText(Path("t1074-data-staged", "playbook.yaml"));
}
