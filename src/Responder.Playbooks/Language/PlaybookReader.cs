using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Rules;

namespace Responder.Playbooks.Language;

/// <summary>Reads and judges one playbook. Rules that need other files (calls) are <see cref="PlaybookLibrary"/>'s.</summary>
public static class PlaybookReader
{
    /// <summary>Reads a playbook and says everything that is wrong with it, at once. Never throws on a text.</summary>
    /// <param name="file">The file as it is to be named in problems.</param>
    /// <param name="text">Its text.</param>
    /// <param name="options">What is known of the place where it will run.</param>
    public static ReadResult Read(string file, string text, ReadOptions options)
    {
        var draft = Draft.Read(file, text, options);
        var problems = RuleBook.Check(draft);
        return new ReadResult(problems.Any(problem => problem.Level == ProblemLevel.Error) ? null : draft.Playbook, problems);
    }
}
