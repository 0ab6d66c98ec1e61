using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Responder.Connectors.MicrosoftGraph.Emulator;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Emulation;
using Responder.Sdk.Identity;

namespace Responder.Connectors.MicrosoftGraph.Tests;

/// <summary>The three ways to sign in, and settings that can't be.</summary>
public sealed class GraphCredentialTests
{
    private const string Alex = "alexchen@company.com";
    private static readonly DateTimeOffset Now = new(2024, 2, 28, 19, 20, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("app.pem", null)]
    [InlineData("app.pfx", "a password")]
    public async Task A_certificate_is_the_credential(string name, string? password)
    {
        using var folder = new TempFolder();
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=responder", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(folder.Path, name);
        await File.WriteAllBytesAsync(file, password is null
            ? System.Text.Encoding.ASCII.GetBytes($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n") : certificate.Export(X509ContentType.Pfx, password), TestContext.Current.CancellationToken);
        var emulator = new GraphEmulator();
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: emulator, settings: new() { ["ClientSecret"] = null, ["CertificateFile"] = file, ["CertificatePassword"] = password });
        Assert.Equal("AADSTS700027", (await world.Connection.FailsAsync(new FindUser(Alex), FailureKind.Unauthorized)).Code);
        emulator.Desk.Certificate = certificate;
        Assert.Equal(Alex, (await world.Connection.ReadAsync(new FindUser(Alex))).Upn);
        Assert.False((await world.Connection.DoAsync(new DisableUser(Alex))).Value.Enabled);
    }

    [Fact]
    public async Task A_managed_identity_is_the_credential()
    {
        var emulator = new GraphEmulator();
        await using var world = await GraphWorlds.OpenAsync(Now, emulator: emulator, settings: new() { ["ClientSecret"] = null, ["ClientId"] = null, ["ManagedIdentity"] = "true" });

        // As App Service tells its programs; no other test signs in so.
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", new Uri(world.Emulator!.Url, "/msi/token").ToString());
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", emulator.Desk.Tokens.ClientSecret);
        try
        {
            Assert.Equal(Alex, (await world.Connection.ReadAsync(new FindUser(Alex))).Upn);
            Assert.Equal(1, world.Emulator.Calls.Count("GET", "/msi/token"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
            Environment.SetEnvironmentVariable("IDENTITY_HEADER", null);
        }
    }

    [Fact]
    public async Task It_works_over_tls_with_the_emulators_own_certificate_and_not_without()
    {
        using var folder = new TempFolder();
        using var certificate = EmulatorCertificate.Make(Path.Combine(folder.Path, "emulators.pem"), DateTimeOffset.UtcNow);
        var estate = Sdk.Estate.MockEstate.InMemory(Mock.MockSettings.BuiltIn(), TimeProvider.System);
        await using var server = await EmulatorServer.StartAsync(new GraphEmulator(), estate, new EmulatorServerOptions { Certificate = certificate });
        await using var trusting = new ConnectionBench(new GraphConnector(), folder.Path, TimeProvider.System, server.Settings);
        Assert.Equal(Alex, (await trusting.ReadAsync(new FindUser(Alex))).Upn);
        var untrusted = server.Settings;
        untrusted.Remove("CaFile");
        await using var wary = new ConnectionBench(new GraphConnector(), folder.Path, TimeProvider.System, untrusted);
        Assert.Equal("certificate", (await wary.FailsAsync(new FindUser(Alex), FailureKind.Invalid)).Code);
    }

    [Theory]
    [InlineData("ClientSecret", null, "ClientSecret")]
    [InlineData("ManagedIdentity", "true", "ClientSecret")]
    [InlineData("TenantId", "", "TenantId")]
    [InlineData("BaseUrl", "https://graph.example.com/v1.0", "BaseUrl")]
    [InlineData("BaseUrl", "http://graph.microsoft.com/v1.0", "BaseUrl")]
    [InlineData("AuthorityUrl", "http://login.example.com", "AuthorityUrl")]
    [InlineData("Cloud", "moon", "Cloud")]
    [InlineData("CertificateFile", "/nowhere.pem", "CertificateFile")]
    [InlineData("Secret", "x", "Secret")]
    public async Task A_setting_that_is_wrong_is_named(string setting, string? value, string named)
    {
        var failure = await Assert.ThrowsAsync<SettingsException>(() => GraphWorlds.OpenAsync(Now, settings: new() { [setting] = value }));
        Assert.Equal($"Connections:it:{named}", failure.Setting);
    }
}
