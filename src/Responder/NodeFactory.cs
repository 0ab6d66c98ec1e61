using Responder.Cli.Settings;
using Responder.Engine.Journal;
using Responder.Hosting;
using Responder.Hosting.Catalog;
using Responder.Hosting.Connections;
using Responder.Sdk;
using Responder.Sdk.Catalog;
using Responder.Storage;

namespace Responder.Cli;

/// <summary>Opens a node over a data folder, as the verbs need it.</summary>
internal static class NodeFactory
{
    /// <summary>Names that the playbooks at hand give in <c>connection</c>: in mock mode the mock stands behind each.</summary>
    public static readonly string[] MockConnections = ["reputation", "mail_gateway"];

    public static ILoggerFactory Logs(bool verbose) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Error)
        .AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>The connections.</summary>
    /// <param name="mode"><c>mock</c> or <c>configured</c>; by the settings where null.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="dataFolder">For files of the connections.</param>
    /// <param name="logs">For their messages.</param>
    public static ConnectionSet Connections(string? mode, LoadedSettings settings, string dataFolder, ILoggerFactory logs)
    {
        try
        {
            return ConnectionSet.Open(
                ConnectorFinder.Find(AppContext.BaseDirectory),
                new ConnectionOptions { Mode = mode ?? settings.Mode, Configuration = settings.Values, DataFolder = dataFolder, MockConnections = MockConnections },
                TimeProvider.System,
                logs);
        }
        catch (SettingsException problem)
        {
            throw settings.Explain(problem);
        }
    }

    /// <summary>The policy.</summary>
    /// <param name="file">The file; that of the settings where null.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="catalog">Every action there is.</param>
    /// <param name="logs">For its messages.</param>
    public static PolicyCatalog Policy(string? file, LoadedSettings settings, ActionCatalog catalog, ILoggerFactory logs) =>
        file is not null && !File.Exists(file)
            ? throw new BadInputException($"{file}: there is no such file.")
            : PolicyCatalog.Open(file ?? settings.PolicyFile, catalog, TimeProvider.System, logs.CreateLogger("Responder.Policy"));

    /// <summary>Opens a node.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="mode"><c>mock</c> or <c>configured</c>; where null, as the run was started, else by the settings.</param>
    /// <param name="config">The settings file; null for the usual one.</param>
    /// <param name="logs">For messages.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="runId">The run that it is opened for.</param>
    /// <exception cref="BadInputException">The store is PostgreSQL, which servers work on.</exception>
    public static Task<(ResponderNode Node, DataFolder Folder)> OpenAsync(
        string data, string? mode, string? config, ILoggerFactory logs, CancellationToken cancel, string? runId = null)
    {
        var settings = LoadedSettings.Read(config);
        return StoreChoice.Of(settings, null) is { Postgres: null } choice
            ? OpenAsync(data, mode, settings, choice, logs, cancel, runId)
            : throw new BadInputException("The store is PostgreSQL (the setting Store:Kind), which the servers work on. Name one of them: --server URL, with its key in RESPONDER_API_KEY.");
    }

    /// <summary>Opens a node on the store that was chosen.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="mode"><c>mock</c> or <c>configured</c>; where null, as the run was started, else by the settings.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="choice">The store.</param>
    /// <param name="logs">For messages.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="runId">The run that it is opened for.</param>
    public static async Task<(ResponderNode Node, DataFolder Folder)> OpenAsync(
        string data, string? mode, LoadedSettings settings, StoreChoice choice, ILoggerFactory logs, CancellationToken cancel, string? runId = null)
    {
        var folder = await DataFolder.OpenAsync(data, TimeProvider.System, cancel);
        try
        {
            var store = await choice.OpenAsync(folder, logs, cancel);
            try
            {
                mode ??= runId is null ? null : await ModeOfAsync(store, runId, cancel);
                var connections = Connections(mode, settings, folder.Path, logs);
                return (ResponderNode.Start(store, connections, TimeProvider.System, logs, Policy(null, settings, connections.Catalog, logs)), folder);
            }
            catch
            {
                await store.DisposeAsync();
                throw;
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static async Task<string?> ModeOfAsync(IStore store, string runId, CancellationToken cancel) =>
        await store.Journal.ReadAsync(runId, 0, cancel) is { Events: [var first, ..] } && JournalCodec.Read(first).Event is RunCreated created ? created.Connectors : null;
}
