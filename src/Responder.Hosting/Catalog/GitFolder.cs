using LibGit2Sharp;

namespace Responder.Hosting.Catalog;

/// <summary>The git repository that a folder lies in. What is committed is one file on top of HEAD: what else somebody has changed or staged there stays theirs.</summary>
/// <param name="folder">The folder.</param>
internal sealed class GitFolder(string folder)
{
    private const string Nowhere = "responder.invalid";

    /// <summary>Commits a file as it is on the disk.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="version">Who, when and why.</param>
    /// <returns>Why it could not be; null where it is committed, or there is no repository, or it ignores the file.</returns>
    public string? Commit(string file, Engine.Journal.PlaybookVersion version)
    {
        try
        {
            if (Repository.Discover(folder) is not { } found)
            {
                return null;
            }

            using var repository = new Repository(found);
            if (repository.Info.WorkingDirectory is not { } root || Path.GetRelativePath(Real(root), Real(file)).Replace('\\', '/') is not [not '.', ..] path || repository.Ignore.IsPathIgnored(path))
            {
                return null;
            }

            Commit(repository, path, version);
            return null;
        }
        catch (Exception failure) when (failure is LibGit2SharpException or IOException or UnauthorizedAccessException or DllNotFoundException or TypeInitializationException)
        {
            return failure.Message;
        }
    }

    private static void Commit(Repository repository, string path, Engine.Journal.PlaybookVersion version)
    {
        var parent = repository.Head.Tip;
        var blob = repository.ObjectDatabase.CreateBlob(path);
        var tree = repository.ObjectDatabase.CreateTree((parent is null ? new TreeDefinition() : TreeDefinition.From(parent)).Add(path, blob, Mode.NonExecutableFile));
        if (parent?.Tree.Id == tree.Id)
        {
            return;
        }

        var title = $"{version.Playbook}: {version.Comment.ReplaceLineEndings(" ")}";
        var message = $"{title}\n\nVersion {version.Number}, published at Responder's pages by {version.By}.\n{(version.ApprovedBy is { } second ? $"\nApproved-by: {second}\n" : string.Empty)}";
        var commit = repository.ObjectDatabase.CreateCommit(Person(version.By, version.At), new Signature("Responder", $"responder@{Nowhere}", version.At), message, tree, parent is null ? [] : [parent], prettifyMessage: false);
        if (parent is null)
        {
            repository.Refs.Add(repository.Refs.Head.TargetIdentifier, commit.Id);
        }
        else
        {
            repository.Refs.UpdateTarget(repository.Refs.Head.ResolveToDirectReference(), commit.Id, $"commit: {title}");
        }

        repository.Index.Add(path);
        repository.Index.Write();
    }

    // A name may be an address of mail; any other gets one that leads nowhere.
    private static Signature Person(string by, DateTimeOffset at)
    {
        var name = string.Concat((by.StartsWith("user:", StringComparison.Ordinal) ? by["user:".Length..] : by).Where(sign => !char.IsControl(sign) && sign is not ('<' or '>'))).Trim();
        var shown = name.Length == 0 ? "somebody" : name;
        return new Signature(shown, shown.Contains('@', StringComparison.Ordinal) ? shown : $"{string.Concat(shown.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '-' or '_' ? sign : '-'))}@{Nowhere}", at);
    }

    // The folder may be reached by a link.
    private static string Real(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var above = Path.GetDirectoryName(full);
        var here = above is null ? full : Path.Combine(Real(above), Path.GetFileName(full));
        return above is null ? here : (Directory.Exists(here) ? Directory.ResolveLinkTarget(here, returnFinalTarget: true) : File.Exists(here) ? File.ResolveLinkTarget(here, returnFinalTarget: true) : null)?.FullName ?? here;
    }
}
