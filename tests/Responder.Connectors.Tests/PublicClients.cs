using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Tests;

/// <summary>Clients that nobody here wrote use the emulators: the scripts of tests/clients, where their packages are installed.</summary>
public sealed class PublicClients
{
    private const string OnlyCheck = "(the scripts are named after emulators)";

    /// <summary>A row for each script where Node's packages are there; without them the one that looks at the names.</summary>
    public static TheoryData<string> Scripts => [OnlyCheck, .. Installed];

    private static IEnumerable<string> Installed => Directory.Exists(Path.Combine(Folder(), "node_modules"))
        ? Directory.EnumerateFiles(Folder(), "*.mjs").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
        : Array.Empty<string>();

    private static Dictionary<string, Emulator> Known => Directory.EnumerateFiles(AppContext.BaseDirectory, "Responder.Connectors.*.dll")
        .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).SelectMany(file => Emulators.In(Assembly.LoadFrom(file))).ToDictionary(emulator => emulator.Name);

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_client_of_the_vendors_can_use_the_emulator(string script)
    {
        if (script == OnlyCheck)
        {
            Assert.All(Directory.EnumerateFiles(Folder(), "*.mjs"), file => Assert.Contains(Path.GetFileNameWithoutExtension(file), Known.Keys));
            return;
        }

        using var folder = new TempFolder();
        using var certificate = EmulatorCertificate.Make(Path.Combine(folder.Path, "emulators.pem"), DateTimeOffset.UtcNow);
        var definition = EstateDefinition.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "estate.yaml"), TestContext.Current.CancellationToken), "estate.yaml");
        await using var server = await EmulatorServer.StartAsync(
            Known[script], MockEstate.InMemory(definition, TimeProvider.System), new EmulatorServerOptions { Certificate = certificate });
        using var node = Process.Start(new ProcessStartInfo("node", $"{script}.mjs")
        {
            WorkingDirectory = Folder(), RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LINE"] = server.Line.ToJsonString(), ["NODE_EXTRA_CA_CERTS"] = certificate.PemFile },
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        await node.WaitForExitAsync(limit.Token);
        Assert.True(node.ExitCode == 0, $"{await output}{await error}");
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../clients"));
}
