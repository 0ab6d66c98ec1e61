namespace Responder.Connectors.Tests.Bench;

/// <summary>A folder of its own for a test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = System.IO.Directory.CreateTempSubdirectory("responder-").FullName;

    public string Path { get; }

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
