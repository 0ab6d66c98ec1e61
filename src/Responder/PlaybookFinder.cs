using Responder.Playbooks;
using Responder.Playbooks.Language;

namespace Responder.Cli;

/// <summary>A playbook by its folder, its file, or its id below <c>playbooks</c>; the playbooks beside it can be called.</summary>
internal static class PlaybookFinder
{
    public static (Plan Plan, PlaybookLibrary Library) Load(string name, ReadOptions options)
    {
        var folder = Folder(name);
        var library = PlaybookLibrary.Load(Path.GetDirectoryName(folder) is { Length: > 0 } parent ? parent : ".", options);
        var id = Path.GetFileName(folder);
        var errors = library.Problems.Where(problem => problem.Level == ProblemLevel.Error && problem.File.Contains(id, StringComparison.Ordinal)).ToList();
        if (errors.Count > 0)
        {
            throw new BadInputException(string.Join(Environment.NewLine, errors));
        }

        return library.Playbooks.ContainsKey(id)
            ? (PlanCompiler.Compile(id, library), library)
            : throw new BadInputException($"{folder}: there is no playbook '{id}'. A playbook is a folder of its id's name with a playbook.yaml in it.");
    }

    /// <summary>False where a name means nothing on this machine.</summary>
    public static bool IsHere(string name) => File.Exists(name) || Directory.Exists(name) || Directory.Exists(Path.Combine("playbooks", name));

    /// <summary>The id that a name means: its folder's name, also where the folder is gone.</summary>
    public static string IdOf(string name) => Path.GetFileName(IsHere(name) ? Folder(name) : Path.TrimEndingDirectorySeparator(name));

    private static string Folder(string name)
    {
        if (File.Exists(name))
        {
            return Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(Path.GetFullPath(name))!);
        }

        if (Directory.Exists(name))
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        }

        var below = Path.GetFullPath(Path.Combine("playbooks", name));
        return Directory.Exists(below) ? below : throw new BadInputException($"{name}: no such playbook; there is neither this folder or file nor {Path.Combine("playbooks", name)}.");
    }
}
