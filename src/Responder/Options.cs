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

    public static Option<string?> Connectors()
    {
        var option = new Option<string?>("--connectors") { Description = "mock or configured; mock where it is not said, unless the settings have a connection." };
        option.AcceptOnlyFromAmong("mock", "configured");
        return option;
    }

    /// <summary>For what is checked and not run: on the mocks unless it is said, so that it needs no credential.</summary>
    public static Option<string> ConnectorsOfChecks()
    {
        var option = new Option<string>("--connectors") { Description = "Check against mock (every action is served) or configured.", DefaultValueFactory = _ => "mock" };
        option.AcceptOnlyFromAmong("mock", "configured");
        return option;
    }

    public static Option<string?> Store()
    {
        var option = new Option<string?>("--store") { Description = "sqlite (the data folder's, for one process) or postgres (Store:Postgres in the settings; several nodes share it); by the settings where it is not said." };
        option.AcceptOnlyFromAmong("sqlite", "postgres");
        return option;
    }

    public static Option<string?> Config() => new("--config") { Description = "The settings file; where it is not said, ./appsettings.json, else the one beside the program." };
}
