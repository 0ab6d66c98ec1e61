using System.Reflection;
using System.Runtime.CompilerServices;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Connectors.Tests.Rules;

/// <summary>The rules for every connector. A folder more is under them without a word here.</summary>
public sealed class EveryConnector
{
    public static TheoryData<string> Names => [.. Found.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, Assembly> Found { get; } = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "Responder.Connectors.*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal))
        .ToDictionary(name => name["Responder.Connectors.".Length..], Assembly.Load);

    [Fact]
    public void Every_folder_with_a_project_is_a_connector_that_was_found() =>
        Assert.Equal(Directory.EnumerateFiles(Folder(), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).Order(), Found.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_one_class_that_is_the_connector_with_a_plain_name(string name)
    {
        var connector = Assert.Single(Connectors(name));
        Assert.Matches("^[a-z][a-z0-9]*$", connector.Name);
        Assert.NotEmpty(connector.About);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_handlers_are_whole_and_each_effect_has_a_recovery_rule(string name)
    {
        var handlers = HandlerFinder.Find(Found[name], Catalog(name));
        Assert.NotEmpty(handlers);
        Assert.All(handlers.Where(handler => handler.Action.Effect != Effect.Read), handler => Assert.NotNull(handler.Recovery));
        Assert.All(handlers, handler => Assert.False(handler.Type.IsPublic, $"{handler.Type} is public; a handler is internal sealed."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_contain_action_has_an_undo_that_it_serves_or_says_why_not(string name)
    {
        var served = HandlerFinder.Find(Found[name], Catalog(name)).Select(handler => handler.Action).ToDictionary(action => action.Name);
        foreach (var action in served.Values.Where(action => action.Effect == Effect.Contain))
        {
            Assert.True((action.Undo is null) != (action.NoUndo is null), $"{action.Name}: an undo, or the reason why there is none.");
            Assert.True(action.Undo is null || served.ContainsKey(action.Undo), $"{name} serves {action.Name} and not its undo {action.Undo}.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_contain_action_with_an_undo_reads_the_state_before(string name)
    {
        foreach (var handler in HandlerFinder.Find(Found[name], Catalog(name)).Where(handler => handler.Action.Undo is not null))
        {
            Assert.True(typeof(IReadsBefore<>).MakeGenericType(handler.Action.ActionType).IsAssignableFrom(handler.Type), $"{handler.Type} does not read the state before, so an undo could free what somebody else contained.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_destroy_action_names_its_target(string name) =>
        Assert.All(
            HandlerFinder.Find(Found[name], Catalog(name)).Where(handler => handler.Action.Effect is Effect.Destroy or Effect.Contain),
            handler => Assert.NotEmpty(handler.Action.Targets));

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_readme_has_a_row_for_each_action_that_it_serves(string name)
    {
        var readme = File.ReadAllText(Path.Combine(Folder(), name, "README.md"));
        Assert.All(HandlerFinder.Find(Found[name], Catalog(name)), handler => Assert.Contains($"| `{handler.Action.Name}` |", readme, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_own_actions_are_public_since_the_catalogue_looks_at_no_others(string name) =>
        Assert.All(Found[name].GetTypes().Where(type => type.IsDefined(typeof(ActionAttribute), inherit: false)), type => Assert.True(type.IsVisible, $"{type} has [Action] and is not public."));

    [Theory]
    [MemberData(nameof(Names))]
    public void It_refers_to_the_Sdk_and_to_nothing_else_of_ours(string name) =>
        Assert.Equal(["Responder.Sdk"], Found[name].GetReferencedAssemblies().Select(reference => reference.Name!).Where(reference => reference.StartsWith("Responder.", StringComparison.Ordinal)));

    private static IEnumerable<IConnector> Connectors(string name) => Found[name].GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IConnector).IsAssignableFrom(type))
        .Select(type => (IConnector)Activator.CreateInstance(type)!);

    private static ActionCatalog Catalog(string name) => ActionCatalog.From([Found[name]]);

    private static string Folder([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../connectors"));
}
