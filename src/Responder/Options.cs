using System.CommandLine;

namespace Responder.Cli;

/// <summary>Options that several verbs share.</summary>
internal static class Options
{
    public static Option<string> Data() => new("--data") { Description = "The embedded store's folder.", DefaultValueFactory = _ => "./data" };

    public static Option<string> Output(params string[] also)
    {
        var option = new Option<string>("--output") { Description = $"text, json{string.Concat(also.Select(one => ", " + one))}.", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong(["text", "json", .. also]);
        return option;
    }

    public static Option<string> Connectors()
    {
        var option = new Option<string>("--connectors") { Description = "mock or configured.", DefaultValueFactory = _ => "mock" };
        option.AcceptOnlyFromAmong("mock", "configured");
        return option;
    }

    public static Option<string?> Config() => new("--config") { Description = "The settings file; appsettings.json beside the program where it is not said." };
}
