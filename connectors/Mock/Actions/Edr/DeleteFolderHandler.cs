using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Probe)]
internal sealed class DeleteFolderHandler(MockEstate estate)
    : IActionHandler<DeleteFolder, FolderDeleted>, IReadsBefore<DeleteFolder>, IProbe<DeleteFolder, FolderDeleted>
{
    private const string Action = "edr.delete_folder";

    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<FolderDeleted>> RunAsync(DeleteFolder action, ActionContext context)
    {
        var manifest = await DeletionManifest.ReadAsync(action.Manifest, context);
        var (hostname, path, files) = estate.Read(company => Look(company, action, manifest));
        if (files is null)
        {
            return Outcome.AlreadySo(new FolderDeleted(path, 0, 0, Gone: true, []));
        }

        context.Report(0, files.Count, "files");
        await context.ConfirmMayActAsync();

        // Looked at once more in the turn that deletes: a file that came meanwhile stops it.
        var done = estate.Do(EffectBy.Step(Action, $"{hostname}:{path}", context), company => Look(company, action, manifest) is (_, var real, { } now)
            ? new FolderGone(company.Host(action.Host).Id, real, now.Count, now.Sum(file => file.Size))
            : null);
        var left = estate.Read(company => company.Host(action.Host).Files.List(path, recurse: true));
        var went = done?.Change as FolderGone;
        context.Report(went?.Files ?? 0, files.Count, "files");
        var answer = new FolderDeleted(path, went?.Files ?? 0, went?.Bytes ?? 0, left.Count == 0, [.. left.Take(100).Select(file => file.Path)]);
        return went is null ? Outcome.AlreadySo(answer) : answer;
    }

    public Task<Before> BeforeAsync(DeleteFolder action, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var (_, path, files) = Look(company, action, null);
        return new Before(files is not null, files is null ? $"{path} is absent" : $"{path} holds {files.Count} files, {files.Sum(file => file.Size)} bytes");
    }));

    public async Task<ProbeAnswer<FolderDeleted>> ProbeAsync(Intent<DeleteFolder> intent, ActionContext context)
    {
        if (estate.DoneBy(Action, intent.Key) is { Change: FolderGone went })
        {
            return ProbeAnswer.Happened(new FolderDeleted(went.Path, went.Files, went.Bytes, Gone: true, []), $"The session's log has this step's deletion: {went.Files} files, {went.Bytes} bytes.");
        }

        var manifest = await DeletionManifest.ReadAsync(intent.Action.Manifest, context);
        return estate.Read(company =>
        {
            var host = company.Host(intent.Action.Host);
            var path = Deletion.Resolve(host, intent.Action.Path);
            return !host.Files.FolderExists(path)
                ? ProbeAnswer.Happened(new FolderDeleted(path, 0, 0, Gone: true, []), $"{path} is absent.")
                : DeletionManifest.Unknown(manifest, HostView.Of(host.Files.List(path, recurse: true), path)) is [var first, ..]
                    ? ProbeAnswer.CannotTell<FolderDeleted>($"{path} is there and holds {first}, which is not in the manifest.")
                    : ProbeAnswer.NotHappened<FolderDeleted>($"{path} is there as it was.");
        });
    }

    /// <summary>What would go; null files where the folder is absent.</summary>
    private static (string Hostname, string Path, IReadOnlyList<HostFile>? Files) Look(Company company, DeleteFolder action, IReadOnlyList<FileEntry>? manifest)
    {
        var host = company.Host(action.Host);
        var path = Deletion.Resolve(host, action.Path);
        if (!host.Files.FolderExists(path))
        {
            return (host.Hostname, path, null);
        }

        Deletion.RefuseLinks(host, path);
        var files = host.Files.List(path, recurse: true);
        return DeletionManifest.Unknown(manifest, HostView.Of(files, path)) is { Count: > 0 } unknown
            ? throw DeletionManifest.OutOfDate(path, host.Hostname, unknown)
            : (host.Hostname, path, files);
    }
}
