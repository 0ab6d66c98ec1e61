using System.CommandLine;
using System.Text.Json;
using Responder.Sdk;
using Responder.Storage;

namespace Responder.Cli.Verbs;

/// <summary>The program's verbs, one file each.</summary>
internal static class Verb
{
    public static IEnumerable<Command> All =>
    [
        DemoVerb.Make(),
        ServeVerb.Make(),
        RunVerb.Make(),
        PlanVerb.Make(),
        RunsVerb.Make(),
        ApprovalsVerb.Make(),
        AlertsVerb.Make(),
        EvidenceVerb.Make(),
        AuditVerb.Make(),
        PolicyVerb.Make(),
        ContainmentVerb.Make(),
        KillSwitchVerb.Make(),
        KeysVerb.Make(),
        UsersVerb.Make(),
        ValidateVerb.Make(),
        TestVerb.Make(),
        GraphVerb.Make(),
        SchemaVerb.Make(),
        ConnectorsVerb.Make(),
        EmulateVerb.Make(),
        DbVerb.Make(),
        DoctorVerb.Make(),
    ];

    /// <summary>Runs a verb; what is wrong with its input goes to standard error, with exit code 2.</summary>
    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) => command.SetAction(async (parse, cancel) =>
    {
        try
        {
            return await action(parse, cancel);
        }
        catch (Exception exception) when (exception is BadInputException or SettingsException or DataFolderInUseException or InvalidDataException or Playbooks.PlanFailure or Playbooks.Mappings.MappingFailure or Hosting.Catalog.PolicyException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.BadInput;
        }
    });

    public static void PrintJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Indented));

    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };
}
