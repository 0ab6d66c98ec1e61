namespace Responder.Sdk.Edr;

/// <summary>Ends a process after checking that it is still the one that was meant.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Pid">The process id.</param>
/// <param name="Image">The image's path or name; another image under this pid fails with conflict.</param>
/// <param name="StartedAt">When it started; another start under this pid fails with conflict.</param>
[Action("edr.kill_process", Effect.Destroy)]
public sealed record KillProcess(
    [property: Target(TargetKind.Host)] string Host, [property: Target(TargetKind.Process)] long Pid, string Image, DateTimeOffset? StartedAt = null) : IAction<ProcessKilled>;

/// <summary>The end of a process.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Image">The image's path.</param>
/// <param name="Gone">True where it no longer runs.</param>
public sealed record ProcessKilled(long Pid, string Image, bool Gone);

/// <summary>
/// Deletes a folder and what is below it, through live response. The path is resolved on the host in the same script that deletes;
/// no reparse point in it or below it is followed, and a file that the manifest lacks stops it.
/// </summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Path">The folder's full path.</param>
/// <param name="Manifest">What may go, as <see cref="ListFolder"/> returned it.</param>
[Action("edr.delete_folder", Effect.Destroy, Lists = typeof(ListFolder))]
public sealed record DeleteFolder(
    [property: Target(TargetKind.Host)] string Host, [property: Target(TargetKind.Path), Form("windows_path")] string Path, ArtifactRef? Manifest = null) : IAction<FolderDeleted>;

/// <summary>What went with a folder.</summary>
/// <param name="Path">The path as the host resolved it.</param>
/// <param name="Files">How many files went.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Gone">True where a look afterwards found the folder absent.</param>
/// <param name="Left">Files that are still there, the first hundred.</param>
public sealed record FolderDeleted(string Path, long Files, long Bytes, bool Gone, IReadOnlyList<string> Left);

/// <summary>Deletes one file through live response.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Path">The file's full path.</param>
/// <param name="Sha256">The hash it must have; another fails with conflict.</param>
[Action("edr.delete_file", Effect.Destroy)]
public sealed record DeleteFile(
    [property: Target(TargetKind.Host)] string Host, [property: Target(TargetKind.Path), Form("windows_path")] string Path, [property: Form("sha256")] string? Sha256 = null) : IAction<FileDeleted>;

/// <summary>What went with a file.</summary>
/// <param name="Path">The path as the host resolved it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Gone">True where a look afterwards found it absent.</param>
public sealed record FileDeleted(string Path, long Bytes, bool Gone);
