using System.Text.Json;
using Responder.Cli.Desk;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting.Intake;
using Responder.Sdk;
using Spectre.Console;

namespace Responder.Cli;

/// <summary>Asks at the terminal what a gate asks.</summary>
internal static class Terminal
{
    /// <summary>False where nobody is at a terminal.</summary>
    public static async Task<bool> AnswerAsync(IDesk desk, IReadOnlyList<ApprovalRow> open, CancellationToken cancel)
    {
        if (Console.IsInputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            return false;
        }

        foreach (var gate in open)
        {
            Show(gate);
            var choice = await new SelectionPrompt<string>().Title("Your decision?").AddChoices(gate.Gate.Choices).ShowAsync(AnsiConsole.Console, cancel);
            var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var field in choice == "reject" ? [] : gate.Gate.Fields)
            {
                var text = await new TextPrompt<string>(Markup.Escape($"{field.Name} ({field.Description ?? field.Type}):")).AllowEmpty().ShowAsync(AnsiConsole.Console, cancel);
                if (text.Length > 0)
                {
                    fields[field.Name] = InputText.Read(text, new Playbooks.Language.InputType(field.Type.Replace("[]", string.Empty, StringComparison.Ordinal), field.Type.EndsWith("[]", StringComparison.Ordinal)));
                }
            }

            var comment = await new TextPrompt<string>("Comment:").AllowEmpty().ShowAsync(AnsiConsole.Console, cancel);
            var result = await desk.AnswerAsync(
                gate, choice, fields.Count == 0 ? null : JsonSerializer.SerializeToElement(fields), comment.Length == 0 ? null : comment, cancel);
            if (result.Status != SignalStatus.Taken)
            {
                AnsiConsole.MarkupLine($"[red]{Markup.Escape(result.Message)}[/]");
            }
        }

        return true;
    }

    private static void Show(ApprovalRow gate)
    {
        AnsiConsole.MarkupLine($"[bold yellow]{Markup.Escape(gate.Title)}[/]");
        AnsiConsole.MarkupLine($"  {Markup.Escape(gate.Gate.Why ?? string.Empty)}");
        if (gate.Gate.Action is { } action)
        {
            AnsiConsole.MarkupLine($"  {Markup.Escape(action)} {Markup.Escape(gate.Gate.Inputs?.GetRawText() ?? string.Empty)}");
        }

        foreach (var line in gate.Gate.BlastRadius.Concat(gate.Gate.Policy?.Findings.Select(finding => finding.Reason) ?? []))
        {
            AnsiConsole.MarkupLine($"  [grey]{Markup.Escape(line)}[/]");
        }

        foreach (var item in gate.Gate.Evidence)
        {
            AnsiConsole.MarkupLine($"  [grey]{Markup.Escape(item.Expression)} = {Markup.Escape(JsonSerializer.Serialize(item.Value, Json.Options))}[/]");
        }

        if (gate.Deadline is { } deadline)
        {
            AnsiConsole.MarkupLine($"  [grey]until {deadline:HH:mm:ss} UTC, then: {Markup.Escape(gate.Gate.OnTimeout)}[/]");
        }
    }
}
