using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Responder.Connectors.Mock.Tests;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Tests.Rules;

/// <summary>A secret that is wrong is refused, and stands in no message, no log, no setting's problem: for every connector that has an emulator.</summary>
public sealed class CanaryTests
{
    private const string Canary = "canary-5d1e8a7c44";
    private static readonly string[] Secrets = ["Secret", "Token", "Password", "Key"];

    public static TheoryData<string> Emulated => [.. Found.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, (Assembly Connector, Type Emulator)> Found { get; } = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "Responder.Connectors.*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)).Select(Assembly.LoadFrom)
        .SelectMany(assembly => Emulators.In(assembly).Select(emulator => (assembly, emulator)))
        .ToDictionary(one => one.emulator.Name, one => (one.assembly, one.emulator.GetType()));

    [Theory]
    [MemberData(nameof(Emulated))]
    public async Task A_wrong_secret_is_nowhere_to_be_read(string name)
    {
        var (assembly, type) = Found[name];
        var connector = (IConnector)Activator.CreateInstance(assembly.GetExportedTypes().Single(one => typeof(IConnector).IsAssignableFrom(one)))!;
        var estate = MockEstate.InMemory(EstateDefinition.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "estate.yaml"), TestContext.Current.CancellationToken), "estate.yaml"), TimeProvider.System);
        await using var server = await EmulatorServer.StartAsync((Emulator)Activator.CreateInstance(type, nonPublic: true)!, estate);
        var settings = server.Settings;
        var wrong = settings.ToDictionary(one => one.Key, one => Secrets.Any(word => one.Key.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Canary
            : one.Value?.Contains("sig=", StringComparison.Ordinal) == true ? one.Value.Split("sig=")[0] + "sig=" + Canary : one.Value);
        Assert.Contains(wrong.Values, value => value?.Contains(Canary, StringComparison.Ordinal) == true);

        using var folder = new TempFolder();
        using var said = new Ear();
        var heard = new List<string>();
        await using (var connection = new ConnectionBench(connector, folder.Path, TimeProvider.System, wrong, services => services.AddSingleton<ILoggerProvider>(said).Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Trace)))
        {
            var health = await connection.Services.GetRequiredService<IConnectionCheck>().CheckAsync(TestContext.Current.CancellationToken);
            heard.Add($"{health.Message} {string.Join(' ', health.Allowed.Values)}");
            foreach (var sample in SampleActions.All(connection).Where(sample => connection.Actions.ContainsKey(connection.Catalog.Of(sample.GetType()).Name)))
            {
                var failure = await Assert.ThrowsAsync<ActionFailure>(() => connection.Bound(sample).RunAsync(ConnectionBench.Inputs(sample), connection.Step()));
                heard.Add(failure.ToString());
            }
        }

        Assert.All(heard.Concat(said.Lines).Concat(Directory.EnumerateFiles(folder.Path).Select(File.ReadAllText)), text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));
        Assert.Contains(server.Calls.All, call => call.Status is 400 or 401 or 403);
    }

    /// <summary>Keeps every line of every log.</summary>
    private sealed class Ear : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
