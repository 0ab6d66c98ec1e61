using System.CommandLine;
using Responder.Playbooks.Schema;

namespace Responder.Cli.Verbs;

/// <summary><c>responder schema</c>: the JSON Schema for editors.</summary>
internal static class SchemaVerb
{
    public static Command Make()
    {
        var file = new Option<string?>("-o") { Description = "The file; standard output where it is not said." };
        var command = new Command("schema", "Writes the JSON Schema for editors.\n\nExample: responder schema -o schema/playbook.schema.json") { file };
        command.Does(async (parse, _) =>
        {
            await ReadOptionsHere.WriteAsync(parse.GetValue(file), SchemaWriter.Write(ReadOptionsHere.Catalog()));
            return ExitCodes.Done;
        });
        return command;
    }
}
