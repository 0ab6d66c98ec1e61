using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Rules;

namespace Responder.Playbooks.Language;

/// <summary>All the playbooks of a place, judged one by one and together.</summary>
public sealed class PlaybookLibrary
{
    private PlaybookLibrary(IReadOnlyDictionary<string, Playbook> playbooks, IReadOnlyList<Problem> problems, ReadOptions options) =>
        (Playbooks, Problems, Options) = (playbooks, problems, options);

    /// <summary>Those without an error, by id.</summary>
    public IReadOnlyDictionary<string, Playbook> Playbooks { get; }

    /// <summary>Everything found, file by file.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>What they were judged with.</summary>
    public ReadOptions Options { get; }

    /// <summary>Loads every <c>playbook.yaml</c> (or <c>.yml</c>) below a folder; files are named as the folder is, with <c>/</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What is known of the place where they will run.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static PlaybookLibrary Load(string folder, ReadOptions options) => Load(PlaybookFiles.Below(folder), options);

    /// <summary>Loads playbooks from texts.</summary>
    /// <param name="files">Each file's name, as it is to be named in problems, and its text.</param>
    /// <param name="options">What is known of the place where they will run.</param>
    public static PlaybookLibrary Load(IEnumerable<(string File, string Text)> files, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        var drafts = files.OrderBy(file => file.File, StringComparer.Ordinal).Select(file => Draft.Read(file.File, file.Text, options)).ToList();
        var byId = new Dictionary<string, Draft>();
        foreach (var draft in drafts.Where(draft => draft.Playbook is { Id.Length: > 0 }))
        {
            byId.TryAdd(draft.Playbook!.Id, draft);
        }

        var found = drafts.Select(draft => (Draft: draft, Problems: (IReadOnlyList<Problem>)[.. RuleBook.Check(draft), .. RuleBook.Check(draft, byId)])).ToList();
        var good = found
            .Where(one => one.Draft.Playbook is not null && !one.Problems.Any(problem => problem.Level == ProblemLevel.Error))
            .DistinctBy(one => one.Draft.Playbook!.Id)
            .ToDictionary(one => one.Draft.Playbook!.Id, one => one.Draft.Playbook!);
        var broken = BrokenCalls(good);
        return new PlaybookLibrary(
            good.Where(one => !broken.ContainsKey(one.Key)).ToDictionary(),
            [.. found.SelectMany(one => one.Problems).Concat(broken.Values.SelectMany(problems => problems))
                .OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)],
            options);
    }

    // A playbook that calls one with an error cannot run either; nor can one that calls that.
    private static Dictionary<string, List<Problem>> BrokenCalls(Dictionary<string, Playbook> good)
    {
        var broken = new Dictionary<string, List<Problem>>();
        for (var more = true; more;)
        {
            more = false;
            foreach (var (id, playbook) in good.Where(one => !broken.ContainsKey(one.Key)))
            {
                var calls = playbook.AllSteps().OfType<CallStep>().Where(call => !good.ContainsKey(call.Call) || broken.ContainsKey(call.Call)).ToList();
                if (calls.Count > 0)
                {
                    broken[id] = [.. calls.Select(call => new Problem(playbook.File, call.At, CallsExist.RuleId, ProblemLevel.Error, $"the playbook `{call.Call}` that it calls has errors", "mend that one first"))];
                    more = true;
                }
            }
        }

        return broken;
    }
}
