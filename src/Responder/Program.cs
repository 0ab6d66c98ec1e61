using System.CommandLine;
using Responder.Cli;
using Responder.Cli.Verbs;

var root = new RootCommand("Responder carries out response playbooks: it looks, asks, contains, cleans, and writes the report.");
foreach (var verb in Verb.All)
{
    root.Subcommands.Add(verb);
}

var parsed = root.Parse(args);
var exit = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.BadInput : exit;
