namespace Responder.Storage.Tests;

internal static class TempFolder
{
    /// <summary>A path where nothing is yet, in a folder made for one test.</summary>
    public static string Make() => Path.Combine(Directory.CreateTempSubdirectory("responder-store-").FullName, "data");
}
