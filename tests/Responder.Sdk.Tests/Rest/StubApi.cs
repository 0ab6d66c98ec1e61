using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Sdk.Tests.Rest;

/// <summary>A product of a test's own making: it answers whatever the test says.</summary>
internal sealed class StubApi(RequestDelegate answer) : Emulator
{
    public override string Name => "stub";

    public override void Map(WebApplication app, EmulatorSite site) => app.MapFallback(answer);

    public override JsonObject Line(EmulatorSite site) => [];

    public override IReadOnlyDictionary<string, string?> Settings(EmulatorSite site) => new Dictionary<string, string?>();

    public static Task<EmulatorServer> StartAsync(RequestDelegate? answer = null, EmulatorCertificate? certificate = null) => EmulatorServer.StartAsync(
        new StubApi(answer ?? (http => http.Response.WriteAsync("{}"))), MockEstate.InMemory(EstateDefinition.Parse("company: { name: Stub, domain: stub.example }", "stub"), TimeProvider.System),
        new EmulatorServerOptions { Certificate = certificate });
}

/// <summary>A connection to it, by a clock that jumps over every wait.</summary>
internal sealed class StubClient(Uri address, Func<RestSettings, RestSettings>? also = null) : IDisposable
{
    private readonly RestConnection _rest = new(
        (also ?? (settings => settings))(new RestSettings { Product = "Stub", BaseAddress = address }), new RestDialect(), Clock, NullLogger.Instance);

    public static JumpTime Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(54));

    public Task<RestAnswer> ReadAsync(string path = "/x", CancellationToken cancel = default) => _rest.ReadAsync(new RestRequest(path), cancel);

    public Task<RestAnswer> ActAsync(string path = "/x", bool mayAct = true) =>
        _rest.ActAsync(new RestRequest(path, Method.Post).WithJson(new { a = 1 }), new BenchContext("step", Clock, []) { MayAct = mayAct });

    public static async Task<ActionFailure> FailsAsync(Task<RestAnswer> call, FailureKind kind, string? code = null)
    {
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => call);
        Assert.Equal(kind, failure.Kind);
        Assert.True(code is null || failure.Code == code, $"{failure.Code}: {failure.Message}");
        return failure;
    }

    public void Dispose() => _rest.Dispose();
}
