using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Tests.Vault;

/// <summary>Secrets from an Azure Key Vault, by the real program over a vault on loopback with TLS.</summary>
public sealed class VaultTests : IAsyncLifetime
{
    private const string Canary = "canary-of-the-vault";
    private readonly TheProgram _program = new();
    private readonly VaultEmulator _vault = new();
    private EmulatorCertificate? _certificate;
    private EmulatorServer? _server;

    public async ValueTask InitializeAsync()
    {
        _certificate = EmulatorCertificate.Make(_program.File("vault.pem", string.Empty), TimeProvider.System.GetUtcNow());
        var estate = MockEstate.InMemory(EstateDefinition.Parse("company: { domain: company.com }", "vault"), TimeProvider.System);
        _server = await EmulatorServer.StartAsync(_vault, estate, new EmulatorServerOptions { Certificate = _certificate });
        _vault.Secrets["Connections--jira-cloud--ApiToken"] = (Canary, true, null);
        _vault.Secrets["Connections--jira-cloud--Email"] = ("responder@company.com", true, TimeProvider.System.GetUtcNow().AddDays(1));
        _vault.Secrets["Connections--jira-cloud--Deployment"] = ("data_center", false, null);
        _vault.Secrets["Connections--jira-cloud--CaFile"] = ("/nowhere", true, TimeProvider.System.GetUtcNow().AddDays(-1));
        _vault.Secrets["payroll-database"] = ("not ours", true, null);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _certificate!.Dispose();
        _program.Dispose();
    }

    [Fact]
    public async Task A_connection_opens_with_its_secrets_from_the_vault_and_only_ours_are_read()
    {
        var ended = await _program.RunAsync("connectors", "list", "--config", Settings(), "--output", "json");

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal("jira_cloud", Assert.Single(ended.Json.EnumerateArray()).GetProperty("name").GetString());
        Assert.DoesNotContain(Canary, ended.Output + ended.Error, StringComparison.Ordinal);
        var read = _server!.Calls.All.Where(call => call.Path.StartsWith("/secrets/", StringComparison.Ordinal)).Select(call => call.Path.Split('/', '?')[2]).Order(StringComparer.Ordinal);
        Assert.Equal(["Connections--jira-cloud--ApiToken", "Connections--jira-cloud--Email"], read);
        Assert.Equal(3, _server.Calls.Count("GET", "/secrets?"));
    }

    [Fact]
    public async Task A_variable_lies_over_the_vault_and_the_vault_over_the_file()
    {
        // An address in the vault that is none is seen, and one in a variable hides it.
        _vault.Secrets["Connections--jira-cloud--Url"] = ("not an address", true, null);
        var wrong = await _program.RunAsync("connectors", "list", "--config", Settings());
        Assert.Equal(2, wrong.Code);
        Assert.Contains("Connections:jira_cloud:Url", wrong.Error, StringComparison.Ordinal);
        _program.Variables["RESPONDER_Connections__jira_cloud__Url"] = "http://127.0.0.1:9/";
        Assert.Equal(0, (await _program.RunAsync("connectors", "list", "--config", Settings())).Code);
    }

    [Fact]
    public async Task What_opens_no_connection_asks_no_vault()
    {
        var ended = await _program.RunAsync("validate", "playbooks", "--config", Settings());

        Assert.True(ended.Code == 0, ended.Error);
        Assert.Empty(_server!.Calls.All);
    }

    [Theory]
    [InlineData("ClientSecret", "canary-secret", "KeyVault:Url: the key vault can't be read")]
    [InlineData("ClientSecret", "", "KeyVault:ClientSecret")]
    [InlineData("Url", "https://vault.example.com", "'vault.example.com' is no key vault of Azure")]
    [InlineData("Url", "http://company.vault.azure.net", "KeyVault:Url")]
    [InlineData("Name", "x", "KeyVault:Name")]
    public async Task What_is_wrong_is_named_and_no_secret_with_it(string setting, string value, string said)
    {
        var ended = await _program.RunAsync("connectors", "list", "--config", Settings(vault: (setting, value)));

        Assert.Equal(2, ended.Code);
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_that_is_out_for_a_moment_is_asked_again()
    {
        _server!.Faults.Add(new WireFault { Path = "/secrets", Status = 503, Times = 1 });

        Assert.Equal(0, (await _program.RunAsync("connectors", "list", "--config", Settings())).Code);
    }

    private string Settings((string, string)? vault = null)
    {
        var jira = new JsonObject { ["Connector"] = "jira", ["Url"] = "http://127.0.0.1:9/" };
        var section = new JsonObject();
        foreach (var (name, value) in _server!.Settings)
        {
            section[name] = value;
        }

        if (vault is var (setting, wrong))
        {
            section[setting] = wrong;
        }

        return _program.File("own.json", JsonSerializer.Serialize(new JsonObject { ["Connections"] = new JsonObject { ["jira_cloud"] = jira }, ["KeyVault"] = section }));
    }
}
