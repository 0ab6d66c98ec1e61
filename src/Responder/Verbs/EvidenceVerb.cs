using System.CommandLine;
using Responder.Cli.Desk;
using Responder.Hosting.Evidence;
using Responder.Storage;
using Command = System.CommandLine.Command;

namespace Responder.Cli.Verbs;

/// <summary><c>responder evidence export | verify | key</c>.</summary>
internal static class EvidenceVerb
{
    public static Command Make() => new("evidence", "Exports what is kept of a run as one signed zip, and checks such zips.") { Export(), Verify(), Key() };

    private static Command Export()
    {
        var run = new Argument<string>("run") { Description = "The run's id." };
        var file = new Option<string?>("-o") { Description = "The zip; evidence-RUN.zip where it is not said." };
        var (data, server) = (Options.Data(), Desks.Server());
        var command = new Command("export", "Writes a run's evidence pack: journal, definition, alert, report, files, with their hashes, signed.\n\nExample: responder evidence export RUN -o case-4711.zip")
        {
            run, file, data, server,
        };
        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk =>
        {
            var id = parse.GetValue(run)!;
            var path = parse.GetValue(file) ?? $"evidence-{id}.zip";

            // Whole or not at all: half a pack looks like a forged one.
            var fresh = path + ".new";
            try
            {
                await using (var stream = new FileStream(fresh, FileMode.Create))
                {
                    if (!await desk.EvidenceAsync(id, stream, cancel))
                    {
                        throw RunsVerb.NoRun(id);
                    }
                }

                File.Move(fresh, path, overwrite: true);
            }
            finally
            {
                File.Delete(fresh);
            }

            Console.Out.WriteLine(path);
            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("file") { Description = "The zip." };
        var key = new Option<string?>("--key") { Description = "The public key that must have signed it, a PEM file (responder evidence key); the pack's own where it is not said." };
        var output = Options.Output();
        var command = new Command("verify", "Checks an evidence pack by itself, without the store. Exit 1 where anything in it was changed.\n\nExample: responder evidence verify case-4711.zip --key soc.pem")
        {
            file, key, output,
        };
        command.Does(async (parse, cancel) =>
        {
            var path = Existing(parse.GetValue(file)!);
            var trusted = parse.GetValue(key) is { } pem ? await File.ReadAllTextAsync(Existing(pem), cancel) : null;
            await using var pack = File.OpenRead(path);
            var verdict = await new EvidenceCheck(ReadOptionsHere.Catalog()).VerifyAsync(pack, trusted, cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(verdict);
            }
            else
            {
                Print(path, verdict);
            }

            return verdict.Ok ? ExitCodes.Done : ExitCodes.RunFailed;
        });
        return command;
    }

    private static Command Key()
    {
        var data = Options.Data();
        var command = new Command("key", "Prints the public key that checks this installation's packs, and its fingerprint.") { data };
        command.Does(async (parse, cancel) =>
        {
            // The key's file is only read, so the folder need not be free; to make it, it must.
            var folder = Path.GetFullPath(parse.GetValue(data)!);
            using var taken = File.Exists(Path.Combine(folder, EvidenceKey.FileName)) ? null : await DataFolder.OpenAsync(folder, TimeProvider.System, cancel);
            using var evidence = taken is null ? await EvidenceKey.ReadAsync(Path.Combine(folder, EvidenceKey.FileName), cancel) : await EvidenceKey.OpenAsync(taken, cancel);
            Console.Out.WriteLine(evidence.PublicKey);
            await Console.Error.WriteLineAsync($"fingerprint {evidence.Fingerprint}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(string path, EvidenceVerdict verdict)
    {
        if (verdict.Manifest is { } pack)
        {
            Console.Out.WriteLine($"run {RunText.Plain(pack.RunId)} of {RunText.Plain(pack.Playbook)}, {RunText.Plain(pack.Status)}; {pack.Files.Count} files, exported {pack.ExportedAt:yyyy-MM-dd HH:mm:ss}Z by {RunText.Plain(pack.ExportedBy)}");
        }

        foreach (var problem in verdict.Problems)
        {
            Console.Out.WriteLine($"WRONG  {RunText.Plain(problem)}");
        }

        foreach (var note in verdict.Notes)
        {
            Console.Out.WriteLine($"note   {RunText.Plain(note)}");
        }

        if (verdict.Ok)
        {
            Console.Out.WriteLine(verdict.Trusted == true
                ? $"ok     {path} is as it was signed, by the key that was given ({verdict.Fingerprint})."
                : $"ok     {path} is as it was signed, by the key {verdict.Fingerprint}. Compare it with `responder evidence key` of the installation, or give its key with --key.");
        }
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new BadInputException($"{path}: there is no such file.");
}
