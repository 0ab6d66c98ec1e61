using System.CommandLine;
using System.Text.Json;
using Responder.Cli.Desk;
using Responder.Engine.Runs;
using Responder.Hosting.Intake;
using Command = System.CommandLine.Command;

namespace Responder.Cli.Verbs;

/// <summary><c>responder approvals list | answer | approve | reject</c>.</summary>
internal static class ApprovalsVerb
{
    public static Command Make() => new("approvals", "Lists and answers what waits for people.")
    {
        List(), Answer("answer", null), Answer("approve", "approve"), Answer("reject", "reject"),
    };

    private static Command List()
    {
        var (data, server, output) = (Options.Data(), Desks.Server(), Options.Output());
        var command = new Command("list", "Lists what waits, the nearest deadline first.") { data, server, output };
        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk =>
        {
            var page = await desk.ApprovalsAsync(null, cancel);
            if (parse.GetValue(output) == "json")
            {
                Verb.PrintJson(page);
                return ExitCodes.Done;
            }

            foreach (var row in page.Items)
            {
                Console.Out.WriteLine($"{row.Id}  run {row.RunId}  {string.Join(" or ", row.Gate.Roles)}  until {row.Deadline:yyyy-MM-dd HH:mm:ss}Z  {RunText.Plain(row.Title)}  [{string.Join(", ", row.Gate.Choices)}]");
            }

            return ExitCodes.Done;
        }, cancel));
        return command;
    }

    private static Command Answer(string name, string? fixedChoice)
    {
        var id = new Argument<string>("id") { Description = "The approval's id." };
        var choice = new Option<string?>("--choice") { Description = "One of the choices.", Required = fixedChoice is null };
        var field = new Option<string[]>("--field") { Description = "A field of the form: name=value.", DefaultValueFactory = _ => [] };
        var (comment, data, server, config) = (new Option<string?>("--comment") { Description = "Your words, kept in the journal." }, Options.Data(), Desks.Server(), Options.Config());
        var command = new Command(name, fixedChoice is null ? "Answers a gate." : $"Answers a gate with '{fixedChoice}'.") { id, field, comment, data, server, config };
        if (fixedChoice is null)
        {
            command.Options.Add(choice);
        }

        command.Does((parse, cancel) => RunsVerb.WithDesk(parse, data, server, async desk =>
        {
            var row = await desk.ApprovalAsync(parse.GetValue(id)!, cancel) ?? throw new BadInputException($"There is no approval {parse.GetValue(id)}; see: responder approvals list");
            var fields = parse.GetValue(field)!.Select(pair => pair.Split('=', 2)).ToDictionary(
                pair => pair[0],
                pair => InputText.Read(pair.Length > 1 ? pair[1] : string.Empty, row.Gate.Fields.FirstOrDefault(one => one.Name == pair[0]) is { } known
                    ? new Playbooks.Language.InputType(known.Type.Replace("[]", string.Empty, StringComparison.Ordinal), known.Type.EndsWith("[]", StringComparison.Ordinal))
                    : null));
            var result = await desk.AnswerAsync(
                row, fixedChoice ?? parse.GetValue(choice)!, fields.Count == 0 ? null : JsonSerializer.SerializeToElement(fields), parse.GetValue(comment), cancel);
            await Console.Error.WriteLineAsync(result.Message);
            return result.Status == SignalStatus.Taken ? ExitCodes.Done : ExitCodes.BadInput;
        }, cancel, config, acts: true));
        return command;
    }
}
