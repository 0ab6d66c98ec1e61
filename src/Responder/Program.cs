using System.CommandLine;
using Responder.Cli.Verbs;

var root = new RootCommand("Responder carries out response playbooks: it looks, asks, contains, cleans, and writes the report.");
foreach (var verb in Verb.All)
{
    root.Subcommands.Add(verb);
}

return await root.Parse(args).InvokeAsync();
