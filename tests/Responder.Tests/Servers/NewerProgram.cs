using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Responder.Engine.Journal;

namespace Responder.Tests.Servers;

/// <summary>
/// A newer version of the program: this build's files, and in its engine one byte that says which version of events it writes and knows. It writes what this build
/// does not know, and knows what this build writes.
/// </summary>
internal sealed class NewerProgram : IDisposable
{
    // As the compiler writes them: `ldc.i4.1; ret`, and the same with the next number.
    private const byte LoadOne = 0x17;
    private const byte LoadTwo = 0x18;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("responder-newer");

    public NewerProgram()
    {
        var engine = typeof(JournalCodec).Assembly.Location;
        foreach (var entry in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFileSystemInfos())
        {
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, entry.Name), entry.FullName);
        }

        // A link to the program would be followed, and its other files be taken from there.
        Put("responder.dll", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "responder.dll")));
        Put(Path.GetFileName(engine), Raised(File.ReadAllBytes(engine)));
    }

    /// <summary>Its assembly.</summary>
    public string Assembly => Path.Combine(_folder.FullName, "responder.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    private void Put(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.Delete(path);
        File.WriteAllBytes(path, content);
    }

    private static byte[] Raised(byte[] engine)
    {
        using var image = new PEReader(new MemoryStream(engine));
        var metadata = image.GetMetadataReader();
        var getter = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Single(
            method => metadata.StringComparer.Equals(method.Name, "get_" + nameof(JournalCodec.Version))
                && metadata.StringComparer.Equals(metadata.GetTypeDefinition(method.GetDeclaringType()).Name, nameof(JournalCodec)));
        var code = image.GetMethodBody(getter.RelativeVirtualAddress).GetILBytes()!;
        var section = image.PEHeaders.SectionHeaders[image.PEHeaders.GetContainingSectionIndex(getter.RelativeVirtualAddress)];

        // A body as short as this has one byte before its code.
        var at = getter.RelativeVirtualAddress - section.VirtualAddress + section.PointerToRawData + 1;
        var load = Array.IndexOf(engine, LoadOne, at, code.Length);
        Assert.True(load >= 0, "The version that this build writes is no longer 1: write the next numbers here.");
        engine[load] = LoadTwo;
        return engine;
    }
}
