namespace Responder.Bench.Runs;

/// <summary>The program as it is deployed: published, compiled for the machine. The build compiles itself while it is measured.</summary>
internal static class Published
{
    private const string How = "dotnet publish src/Responder -c Release -r linux-x64 --self-contained false";

    /// <summary>Its <c>responder.dll</c>; null, and a word of it, where there is none as new as the build beside this program.</summary>
    public static string? Find()
    {
        var folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "publish", "Responder", "release_linux-x64"));
        var isNew = File.Exists(Path.Combine(folder, "responder.dll")) && Directory.EnumerateFiles(AppContext.BaseDirectory, "Responder.*.dll")
            .Select(built => (Built: built, Published: Path.Combine(folder, Path.GetFileName(built))))
            .Where(one => File.Exists(one.Published))
            .All(one => File.GetLastWriteTimeUtc(one.Published) >= File.GetLastWriteTimeUtc(one.Built));
        if (!isNew)
        {
            Console.Error.WriteLine($"No publish is as new as the build, which is measured now; what is deployed is made by: {How}");
        }

        return isNew ? Path.Combine(folder, "responder.dll") : null;
    }
}
