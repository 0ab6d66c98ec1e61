namespace Responder.Web.Tests.Bench;

/// <summary>Files of the project itself.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Responder.sln")) ? folder
            : Find(System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Responder.sln is in no folder above the tests."));
}
