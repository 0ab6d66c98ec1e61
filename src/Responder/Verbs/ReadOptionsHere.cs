using Microsoft.Extensions.Logging.Abstractions;
using Responder.Cli.Settings;
using Responder.Hosting.Connections;
using Responder.Playbooks.Language;
using Responder.Sdk.Catalog;

namespace Responder.Cli.Verbs;

/// <summary>How playbooks are read where no store is open.</summary>
internal static class ReadOptionsHere
{
    public static ActionCatalog Catalog() => ActionCatalog.From(ConnectorFinder.Find(AppContext.BaseDirectory).Values.Select(one => one.Assembly));

    public static async Task<ReadOptions> MakeAsync(string mode, string? config)
    {
        await using var set = NodeFactory.Connections(mode, LoadedSettings.Read(config), Path.GetTempPath(), NullLoggerFactory.Instance);
        return new ReadOptions { Catalog = set.Catalog, Connections = set.Served() };
    }

    public static async Task WriteAsync(string? file, string text)
    {
        if (file is null)
        {
            await Console.Out.WriteLineAsync(text);
        }
        else
        {
            await File.WriteAllTextAsync(file, text);
        }
    }
}
