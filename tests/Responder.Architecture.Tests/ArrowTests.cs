using System.Reflection;

namespace Responder.Architecture.Tests;

/// <summary>The arrows of docs/architecture.md: who may use whom. Read from the built assemblies, so that no project file can get round it.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Chain =
        ["Responder.Sdk", "Responder.Playbooks", "Responder.Engine", "Responder.Storage", "Responder.Hosting", "Responder.Web", "responder"];

    public static TheoryData<string> Assemblies() => new(Chain);

    public static TheoryData<string> Connectors() => new(
        Directory.GetFiles(AppContext.BaseDirectory, "Responder.Connectors.*.dll").Select(file => Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_uses_only_those_before_it(string name)
    {
        var allowed = Chain.TakeWhile(one => one != name).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Ours(name), used => !allowed.Contains(used));
    }

    [Theory]
    [MemberData(nameof(Connectors))]
    public void A_connector_uses_the_Sdk_alone(string name) => Assert.Equal(["Responder.Sdk"], Ours(name));

    [Fact]
    public void There_is_a_connector_to_look_at() => Assert.NotEmpty(Connectors());

    [Theory]
    [InlineData("Responder.Engine", "Microsoft.Data.Sqlite")]
    [InlineData("Responder.Engine", "Npgsql")]
    [InlineData("Responder.Engine", "YamlDotNet")]
    [InlineData("Responder.Engine", "System.Net.Http")]
    [InlineData("Responder.Engine", "Microsoft.AspNetCore.Http.Abstractions")]
    [InlineData("Responder.Playbooks", "System.Net.Http")]
    [InlineData("Responder.Playbooks", "Microsoft.Data.Sqlite")]
    public void The_engine_knows_no_database_no_http_no_yaml(string name, string foreign) =>
        Assert.DoesNotContain(foreign, References(name));

    [Fact]
    public void No_code_names_a_connector() =>
        Assert.DoesNotContain(Chain.SelectMany(References), used => used.StartsWith("Responder.Connectors.", StringComparison.Ordinal));

    private static IEnumerable<string> Ours(string name) =>
        References(name).Where(used => used.StartsWith("Responder.", StringComparison.Ordinal) || used == "responder");

    private static IEnumerable<string> References(string name) =>
        Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, name + ".dll")).GetReferencedAssemblies().Select(one => one.Name!);
}
