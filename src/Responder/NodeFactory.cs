using Responder.Hosting;
using Responder.Hosting.Connections;
using Responder.Storage;

namespace Responder.Cli;

/// <summary>Opens a node over a data folder, as the verbs need it.</summary>
internal static class NodeFactory
{
    /// <summary>Names that the playbooks at hand give in <c>connection</c>: in mock mode the mock stands behind each.</summary>
    private static readonly string[] MockConnections = ["reputation", "mail_gateway"];

    public static ILoggerFactory Logs(bool verbose) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Error)
        .AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace));

    public static IConfiguration Settings(string? file)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }
        else
        {
            builder.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        }

        return builder.AddEnvironmentVariables("RESPONDER_").Build();
    }

    public static ConnectionSet Connections(string mode, string? config, string dataFolder, TimeProvider time, ILoggerFactory logs) => ConnectionSet.Open(
        ConnectorFinder.Find(AppContext.BaseDirectory),
        new ConnectionOptions { Mode = mode, Configuration = Settings(config), DataFolder = dataFolder, MockConnections = MockConnections },
        time,
        logs);

    public static async Task<(ResponderNode Node, DataFolder Folder)> OpenAsync(string data, string mode, string? config, ILoggerFactory logs, CancellationToken cancel)
    {
        var folder = await DataFolder.OpenAsync(data, TimeProvider.System, cancel);
        try
        {
            var store = await SqliteStore.OpenAsync(folder, new SqliteStoreOptions(), TimeProvider.System, logs.CreateLogger("Responder.Store"), cancel);
            return (ResponderNode.Start(store, Connections(mode, config, folder.Path, TimeProvider.System, logs), TimeProvider.System, logs), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}
