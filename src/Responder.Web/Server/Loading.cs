using Responder.Hosting;
using Responder.Hosting.Catalog;
using Responder.Hosting.Errands;
using Responder.Hosting.Intake;
using Responder.Playbooks.Mappings;

namespace Responder.Web.Server;

/// <summary>What takes long at a start, done side by side while the server is put together: the playbooks, and the sources of alerts.</summary>
/// <param name="Catalog">The playbooks; empty until they are loaded.</param>
/// <param name="Playbooks">Their loading.</param>
/// <param name="Intake">The sources' loading.</param>
internal sealed record Loading(PlaybookCatalog Catalog, Task Playbooks, Task<AlertIntake> Intake)
{
    public static Loading Begin(ResponderNode node, ServerOptions options, ILoggerFactory logs)
    {
        var catalog = new PlaybookCatalog(options.Playbooks, node.ReadOptions, node.Services.Time, logs.CreateLogger("Responder.Playbooks"));
        var errands = new AlertErrands(node, options.WriteBack);
        return new Loading(
            catalog, Task.Run(catalog.Refresh), Task.Run(() => new AlertIntake(
                node, catalog, Mappings(options), logs.CreateLogger("Responder.Intake"),
                new SuppressionCatalog(options.Suppressions, node.Services.Time, logs.CreateLogger("Responder.Intake")), errands)));
    }

    private static IReadOnlyList<SourceMapping> Mappings(ServerOptions options) => options.Sources is { } folder && Directory.Exists(folder)
        ? BuiltInMappings.With(Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file))))
        : BuiltInMappings.Read();
}
