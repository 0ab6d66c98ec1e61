using System.Text;

namespace Responder.Engine.Reports.Words;

/// <summary>Statuses and outcomes as people read them.</summary>
internal static class ReportWords
{
    public static string Status(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "all its steps are done",
        RunStatus.Failed => "it failed",
        RunStatus.Rejected => "an approver rejected it",
        RunStatus.Cancelled => "it was cancelled",
        RunStatus.InDoubt => "a person must look",
        RunStatus.Queued => "it waits for its turn",
        RunStatus.Waiting => "it waits",
        _ => "it is going",
    };

    /// <summary>An outcome is a word of the playbook: <c>false_positive</c> reads as <c>false positive</c>.</summary>
    public static string Outcome(string outcome) => outcome.Replace('_', ' ');

    public static string Result(ActionResult result) => result switch
    {
        ActionResult.Done => "Done",
        ActionResult.AlreadySo => "Already so",
        ActionResult.Partial => "Partly",
        ActionResult.Pending => "Ordered",
        ActionResult.Failed => "Failed",
        ActionResult.InDoubt => "In doubt",
        ActionResult.NotDone => "Not done",
        ActionResult.Waiting => "Waiting",
        ActionResult.Undone => "Taken back",
        _ => "Under way",
    };

    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    public static string Small(string text) => text.Length == 0 ? text : $"{char.ToLowerInvariant(text[0])}{text[1..]}";

    /// <summary>A field's name as words: <c>SourceFolder</c> and <c>source_folder</c> read as <c>source folder</c>.</summary>
    public static string Name(string field)
    {
        var words = new StringBuilder(field.Length + 4);
        foreach (var (index, letter) in field.Index())
        {
            if (char.IsUpper(letter) && index > 0 && char.IsLower(field[index - 1]))
            {
                words.Append(' ');
            }

            words.Append(letter is '_' or '.' ? ' ' : char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>Joins parts with commas and a last <c>and</c>; at most so many, then how many more.</summary>
    public static string List(IReadOnlyList<string> parts, int most)
    {
        var shown = parts.Count <= most ? parts : [.. parts.Take(most), $"{Amounts.Count(parts.Count - most)} more"];
        return shown.Count switch
        {
            0 => "",
            1 => shown[0],
            _ => $"{string.Join(", ", shown.Take(shown.Count - 1))} and {shown[^1]}",
        };
    }
}
