namespace Responder.Sdk.Tests;

/// <summary>A folder of its own for a test, gone after it.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = System.IO.Directory.CreateTempSubdirectory("responder-").FullName;

    public string Path { get; }

    public string Log => System.IO.Path.Combine(Path, "mock-estate.jsonl");

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
