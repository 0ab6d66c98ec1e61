using System.Text.Json.Nodes;
using Responder.Hosting.Connections;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Hosting.Emulation;

/// <summary>Every emulator of the connectors beside the program, over one estate, and the console of that estate.</summary>
public sealed class EmulatorFleet : IAsyncDisposable
{
    private readonly List<FleetMember> _members = [];
    private EmulatorServer? _console;

    private EmulatorFleet()
    {
    }

    /// <summary>The emulators, by name.</summary>
    public IReadOnlyList<FleetMember> Members => _members;

    /// <summary>Where the estate is looked at and changed.</summary>
    public EmulatorServer Console => _console ?? throw new InvalidOperationException("The estate's console does not listen yet.");

    /// <summary>What clients must know: an emulator's name to its address and credentials, and <c>estate</c>.</summary>
    public JsonObject Line
    {
        get
        {
            var line = new JsonObject();
            foreach (var member in _members)
            {
                line[member.Server.Name] = member.Server.Line;
            }

            line[Console.Name] = Console.Line;
            return line;
        }
    }

    /// <summary>Starts them, each on a port of its own: from the first on, or on free ones where that is 0. The console comes last.</summary>
    /// <param name="found">The connectors.</param>
    /// <param name="estate">The company.</param>
    /// <param name="options">Port, clock, certificate.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    public static async Task<EmulatorFleet> StartAsync(IReadOnlyDictionary<string, FoundConnector> found, MockEstate estate, EmulatorServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(options);
        var fleet = new EmulatorFleet();
        try
        {
            var next = options.Port;
            var all = found.Values.SelectMany(connector => Emulators.In(connector.Assembly).Select(emulator => (connector, emulator)));
            foreach (var (connector, emulator) in all.OrderBy(one => one.emulator.Name, StringComparer.Ordinal))
            {
                fleet._members.Add(new FleetMember(connector, await EmulatorServer.StartAsync(emulator, estate, options with { Port = next })));
                next += options.Port == 0 ? 0 : 1;
            }

            fleet._console = await EmulatorServer.StartAsync(new EstateConsole(fleet), estate, options with { Port = next });
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes calls fail from now on.</summary>
    /// <param name="faults">Each names an emulator, or <c>*</c> for all.</param>
    /// <exception cref="EstateException">One names none that is here.</exception>
    public void Add(IReadOnlyList<WireFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (faults.FirstOrDefault(fault => fault.Emulator != "*" && _members.TrueForAll(member => member.Server.Name != fault.Emulator)) is { } unknown)
        {
            throw new EstateException($"faults: there is no emulator '{unknown.Emulator}'; there are {string.Join(", ", _members.Select(member => member.Server.Name))}, and * for all.");
        }

        foreach (var member in _members)
        {
            member.Server.Faults.Add(faults);
        }
    }

    /// <summary>Ends every fault.</summary>
    public void ClearFaults() => _members.ForEach(member => member.Server.Faults.Clear());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _members.Select(member => member.Server).Append(_console))
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }
    }
}

/// <summary>An emulator that runs.</summary>
/// <param name="Connector">The connector that it came with.</param>
/// <param name="Server">Where it listens.</param>
public sealed record FleetMember(FoundConnector Connector, EmulatorServer Server);
