using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Probe)]
internal sealed class DeleteFileHandler(MockEstate estate) : IActionHandler<DeleteFile, FileDeleted>, IReadsBefore<DeleteFile>, IProbe<DeleteFile, FileDeleted>
{
    private const string Action = "edr.delete_file";

    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<FileDeleted>> RunAsync(DeleteFile action, ActionContext context)
    {
        var (hostname, path, file) = estate.Read(company => Look(company, action));
        if (file is null)
        {
            return Outcome.AlreadySo(new FileDeleted(path, 0, Gone: true));
        }

        await context.ConfirmMayActAsync();
        var done = estate.Do(EffectBy.Step(Action, $"{hostname}:{path}", context), company => Look(company, action) is (_, var real, { } now)
            ? new FileGone(company.Host(action.Host).Id, real, now.Size)
            : null);
        var gone = estate.Read(company => company.Host(action.Host).Files.Find(path)) is null;
        return done is null ? Outcome.AlreadySo(new FileDeleted(path, 0, gone)) : new FileDeleted(path, file.Size, gone);
    }

    public Task<Before> BeforeAsync(DeleteFile action, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var (_, path, file) = Look(company, action);
        return new Before(file is not null, file is null ? $"{path} is absent" : $"{path}, {file.Size} bytes, {file.Sha256}");
    }));

    public Task<ProbeAnswer<FileDeleted>> ProbeAsync(Intent<DeleteFile> intent, ActionContext context)
    {
        if (estate.DoneBy(Action, intent.Key) is { Change: FileGone went })
        {
            return Task.FromResult(ProbeAnswer.Happened(new FileDeleted(went.Path, went.Bytes, Gone: true), "The session's log has this step's deletion."));
        }

        return Task.FromResult(estate.Read(company =>
        {
            var host = company.Host(intent.Action.Host);
            var path = Deletion.Resolve(host, intent.Action.Path);
            return host.Files.Find(path) is not { } file
                ? ProbeAnswer.Happened(new FileDeleted(path, 0, Gone: true), $"{path} is absent.")
                : intent.Action.Sha256 is { } wanted && !string.Equals(wanted, file.Sha256, StringComparison.OrdinalIgnoreCase)
                    ? ProbeAnswer.CannotTell<FileDeleted>($"{path} is there with another hash.")
                    : ProbeAnswer.NotHappened<FileDeleted>($"{path} is there.");
        }));
    }

    private static (string Hostname, string Path, HostFile? File) Look(Company company, DeleteFile action)
    {
        var host = company.Host(action.Host);
        var path = Deletion.Resolve(host, action.Path);
        if (host.Files.FolderExists(path))
        {
            throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} is a folder. Nothing was deleted: use edr.delete_folder.");
        }

        var file = host.Files.Find(path);
        return file is not null && action.Sha256 is { } wanted && !string.Equals(wanted, file.Sha256, StringComparison.OrdinalIgnoreCase)
            ? throw new ActionFailure(FailureKind.Conflict, $"{path} on {host.Hostname} has the hash {file.Sha256}, not {wanted}. It was not deleted.")
            : (host.Hostname, path, file);
    }
}
