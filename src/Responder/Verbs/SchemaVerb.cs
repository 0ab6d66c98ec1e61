using System.CommandLine;
using Responder.Playbooks.Policies;
using Responder.Playbooks.Schema;

namespace Responder.Cli.Verbs;

/// <summary><c>responder schema</c>: the JSON Schema for editors.</summary>
internal static class SchemaVerb
{
    public static Command Make()
    {
        var file = new Option<string?>("-o") { Description = "The file; standard output where it is not said." };
        var of = new Option<string>("--of") { Description = "Of a playbook or of the policy.", DefaultValueFactory = _ => "playbook" };
        of.AcceptOnlyFromAmong("playbook", "policy");
        var command = new Command("schema", "Writes the JSON Schema for editors.\n\nExample: responder schema -o schema/playbook.schema.json") { file, of };
        command.Does(async (parse, _) =>
        {
            await ReadOptionsHere.WriteAsync(parse.GetValue(file), parse.GetValue(of) == "policy" ? PolicySchema.Write() : SchemaWriter.Write(ReadOptionsHere.Catalog()));
            return ExitCodes.Done;
        });
        return command;
    }
}
