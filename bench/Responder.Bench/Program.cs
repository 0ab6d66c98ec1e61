using System.CommandLine;
using Responder.Bench;

var root = new RootCommand("Measures Responder. Each command starts the real program on a data folder of its own and says what it measured; --output json is for scripts.");
foreach (var bench in Benches.All)
{
    root.Subcommands.Add(bench);
}

return await root.Parse(args).InvokeAsync();
