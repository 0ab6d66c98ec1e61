using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Cli.Settings;
using Responder.Hosting.Connections;
using Responder.Hosting.Emulation;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;
using Responder.Storage;

namespace Responder.Cli.Verbs;

/// <summary><c>responder emulate</c>: the vendors' APIs on loopback over the mock estate, until it is told to stop.</summary>
internal static class EmulateVerb
{
    private const string SettingsFile = "settings.json";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };

    public static Command Make()
    {
        var port = new Option<int>("--port") { Description = "The first of the loopback ports, one for each product; free ones where it is not said." };
        var tls = new Option<bool>("--tls") { Description = "Serve https, by a certificate made at start." };
        var faults = new Option<string?>("--faults") { Description = "What goes wrong: a file, or the YAML or JSON list itself, as in [{ do: answer, status: 503, share: 0.1 }]." };
        var fresh = new Option<bool>("--fresh") { Description = "Begin with a fresh company: forget what was done to it before." };
        var data = new Option<string>("--data") { Description = "The emulators' own folder: the company's effects, the settings for run, the certificate.", DefaultValueFactory = _ => "./data/emulators" };
        var (config, output) = (Options.Config(), Options.Output());
        var command = new Command("emulate", """
            Emulates the vendors' APIs on loopback over the mock estate, and lists every call. When ready it prints each product's address and credentials, and writes
            settings.json for --config of the other verbs. GET /state, /effects and /calls of the estate's address show what is there and what was done; POST /faults, /happen
            and /reset change it.

            Example: responder emulate --port 8900
            """)
        {
            port, tls, faults, fresh, data, config, output,
        };
        command.Does(async (parse, cancel) =>
        {
            var more = parse.GetValue(faults) is { } said ? Faults(said) : [];
            var settings = LoadedSettings.Read(parse.GetValue(config));
            using var folder = await DataFolder.OpenAsync(parse.GetValue(data)!, TimeProvider.System, cancel);
            using var certificate = parse.GetValue(tls) ? EmulatorCertificate.Make(folder.File("emulators.pem"), DateTimeOffset.UtcNow) : null;
            using var logs = NodeFactory.Logs(verbose: false);
            await using var mocks = NodeFactory.Connections("mock", settings, folder.Path, logs);
            var estate = mocks.Service<MockEstate>()!;
            if (parse.GetValue(fresh))
            {
                estate.Reset();
            }

            await using var fleet = await StartAsync(estate, parse.GetValue(port), certificate);
            fleet.Add(more);
            foreach (var member in fleet.Members)
            {
                member.Server.Calls.Ended += Show;
            }

            var first = parse.GetValue(port) is var said2 && said2 > 0 ? said2 + fleet.Members.Count + 1 : FreePort();
            var text = FleetSettings.Of(fleet, mocks.Catalog, Mock(settings, folder.Path), NodeFactory.MockConnections, $"http://127.0.0.1:{first}").ToJsonString(Indented);
            await folder.WriteSecretAsync(SettingsFile, text, cancel);
            Say(fleet, folder.File(SettingsFile), parse.GetValue(output) == "json");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
            return ExitCodes.Done;
        });
        return command;
    }

    private static IReadOnlyList<WireFault> Faults(string said)
    {
        try
        {
            var begins = said.TrimStart();
            return WireFaults.Parse(begins.StartsWith('[') || said.Contains('\n', StringComparison.Ordinal) ? said : File.ReadAllText(said));
        }
        catch (Exception exception) when (exception is EstateException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--faults: {exception.Message}");
        }
    }

    private static async Task<EmulatorFleet> StartAsync(MockEstate estate, int port, EmulatorCertificate? certificate)
    {
        try
        {
            return await EmulatorFleet.StartAsync(ConnectorFinder.Find(AppContext.BaseDirectory), estate, new EmulatorServerOptions { Port = port, Certificate = certificate });
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            throw new BadInputException($"--port {port}: {exception.Message} Each product takes a port of its own from there on; name another, or none for free ones.");
        }
    }

    /// <summary>The company that the emulators show, for what has no emulator. Its faults are of the wire alone.</summary>
    private static Dictionary<string, string?> Mock(LoadedSettings settings, string folder)
    {
        var section = settings.Values.GetSection("Connections:mock");
        var mock = new Dictionary<string, string?> { ["Folder"] = folder };
        foreach (var name in ((string[])["Estate", "Overrides"]).Where(name => section[name] is { Length: > 0 }))
        {
            mock[name] = File.Exists(section[name]) ? Path.GetFullPath(section[name]!) : section[name];
        }

        return mock;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Say(EmulatorFleet fleet, string settings, bool json)
    {
        var line = fleet.Line;
        line["settings"] = settings;
        if (json)
        {
            Console.Out.WriteLine(line.ToJsonString(Plain));
            return;
        }

        foreach (var (name, about) in line.Where(one => one.Value is JsonObject))
        {
            Console.Out.WriteLine($"{name,-12} {about!["url"]}");
        }

        Console.Out.WriteLine($"""

            Credentials and settings: {settings}
            In another terminal:
              responder run playbooks/t1074-data-staged --alert playbooks/t1074-data-staged/alerts/sysmon-data-staged.json --connectors configured --config {settings}
            Ctrl-C ends it. Every call is listed below.
            """);
    }

    /// <summary>One line a call. Without its query: a webhook's holds its key.</summary>
    private static void Show(EmulatedCall call) => Console.Error.WriteLine(
        $"{call.At:HH:mm:ss.fff} {call.Id} {call.Method} {call.Path.Split('?')[0]} {(call.Status == 0 ? "no answer" : call.Status)}{(call.Fault is null ? string.Empty : $" ({call.Fault})")}");
}
