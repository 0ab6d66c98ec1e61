using Responder.Engine;
using Responder.Engine.Journal;
using Spectre.Console;

namespace Responder.Cli;

/// <summary>A line for each thing that was committed, to standard error.</summary>
internal static class Progress
{
    private static readonly IAnsiConsole Out = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static void Show(JournalEntry entry)
    {
        var line = entry.Event switch
        {
            StepStarted { Action: { } action } step => $"[blue]▶[/] {Name(step.Id, step.Path)} [grey]{Markup.Escape(action)}[/]",
            StepSkipped step => $"[grey]– {Name(step.Id, step.Path)} skipped[/]",
            GateAsked asked => $"[yellow]?[/] {Markup.Escape(asked.Gate.Title)} [grey]({string.Join(" or ", asked.Gate.Roles)})[/]",
            GateAnswered answer => $"[yellow]![/] {Markup.Escape(answer.Choice)} by {Markup.Escape(answer.By)}",
            AttemptFailed failed => $"[red]×[/] {Markup.Escape(failed.Path)} attempt {failed.Attempt}: {Markup.Escape(failed.Error.Message)}",
            RetryScheduled retry => $"[grey]… {Markup.Escape(retry.Path)} again at {retry.Due:HH:mm:ss}[/]",
            CircuitAwaited wait => $"[yellow]…[/] {Markup.Escape(wait.Path)} {Markup.Escape(new OpenCircuit(wait.Connection, wait.Since).Words())}; tried again at {wait.Due:HH:mm:ss}",
            StepProgress progress => $"[grey]… {Markup.Escape(progress.Path)} {progress.Done:N0}{(progress.Total > 0 ? $" of {progress.Total:N0}" : string.Empty)} {Markup.Escape(progress.Unit)}[/]",
            StepInDoubt doubt => $"[red]‼[/] {Markup.Escape(doubt.Path)} in doubt: {Markup.Escape(doubt.Reason)}",
            StepEnded { Status: StepStatus.Succeeded, Attempt: not null } ended => $"[green]✓[/] {Markup.Escape(ended.Path)}{(ended.Note is null ? string.Empty : $" [grey]({Markup.Escape(ended.Note)})[/]")}",
            StepEnded { Error: { } error } ended => $"[red]×[/] {Markup.Escape(ended.Path)} {Markup.Escape(ended.Status.ToString())}: {Markup.Escape(error.Message)}",
            RunHeld held => $"[red]■[/] {Markup.Escape(held.Reason)}",
            RunEnded ended => $"[bold]{Markup.Escape(ended.Status.ToString())}[/] {Markup.Escape(ended.Outcome ?? string.Empty)} {Markup.Escape(ended.Reason ?? string.Empty)}",
            _ => null,
        };
        if (line is not null)
        {
            Out.MarkupLine($"[grey]{entry.At:HH:mm:ss}[/] {line}");
        }
    }

    private static string Name(string? id, string path) => Markup.Escape(id ?? path);
}
