using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Hosting.Connections;
using Responder.Hosting.Emulation;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Tests.Servers;

/// <summary>The emulators of every product in this process over one company, and the real program on them, which fetches alerts of one product and tells it what becomes of them.</summary>
internal sealed class ServedCompany : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly ConnectionSet _mocks;
    private readonly EmulatorFleet _fleet;

    private ServedCompany(DirectoryInfo folder, ConnectionSet mocks, EmulatorFleet fleet)
    {
        (_folder, _mocks, _fleet) = (folder, mocks, fleet);
        Server = Another([]);
    }

    /// <summary>The program; not started.</summary>
    public ServingProgram Server { get; }

    public MockEstate Estate => _mocks.Service<MockEstate>()!;

    /// <summary>Starts the emulators.</summary>
    /// <param name="connection">The connection that is written back to, by its emulator's name.</param>
    /// <param name="assignee">Who works on alerts there.</param>
    /// <param name="feeds">True where its alerts are fetched, each second.</param>
    /// <param name="overrides">YAML laid over the company.</param>
    public static async Task<ServedCompany> OpenAsync(string connection, string assignee, bool feeds, string? overrides = null)
    {
        var folder = Directory.CreateTempSubdirectory("responder-served");
        var found = ConnectorFinder.Find(AppContext.BaseDirectory);
        var mock = new ConfigurationBuilder().AddInMemoryCollection([new("mock:Overrides", overrides)]).Build();
        var mocks = ConnectionSet.Open(
            found, new ConnectionOptions { Mode = "mock", Configuration = mock, DataFolder = folder.FullName, MockSettings = mock.GetSection("mock") }, TimeProvider.System, NullLoggerFactory.Instance);
        var fleet = await EmulatorFleet.StartAsync(found, mocks.Service<MockEstate>()!, new EmulatorServerOptions());
        var settings = FleetSettings.Of(fleet, mocks.Catalog, new Dictionary<string, string?> { ["Folder"] = folder.FullName, ["Overrides"] = overrides }, [], "http://127.0.0.1:1");
        settings["WriteBack"] = new JsonObject { [connection] = new JsonObject { ["Assignee"] = assignee } };
        if (feeds)
        {
            settings["Feeds"] = new JsonObject { [connection] = new JsonObject { ["Every"] = "1s" } };
        }

        var company = new ServedCompany(folder, mocks, fleet);
        await File.WriteAllTextAsync(company.Settings, settings.ToJsonString());
        return company;
    }

    /// <summary>Another program on the same emulators; not started, and the caller's to dispose of.</summary>
    /// <param name="variables">Settings, without their prefix.</param>
    /// <param name="more">More options of <c>serve</c>.</param>
    public ServingProgram Another(Dictionary<string, string> variables, params string[] more)
    {
        var server = new ServingProgram(variables, ["--connectors", "configured", "--config", Settings, .. more]);
        server.Playbook("told", PolledAlertsTests.Playbook);
        return server;
    }

    private string Settings => Path.Combine(_folder.FullName, "settings.json");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _fleet.DisposeAsync();
        await _mocks.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
