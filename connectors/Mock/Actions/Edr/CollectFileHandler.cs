using System.Text;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

[Recovery(Recover.Repeat)]
internal sealed class CollectFileHandler(MockEstate estate) : IActionHandler<CollectFile, FileCollected>
{
    public async Task<Outcome<FileCollected>> RunAsync(CollectFile action, ActionContext context)
    {
        var (hostname, file) = estate.Read(company =>
        {
            var host = company.Host(action.Host);
            host.MustBeOnline();
            var path = host.Files.Resolve(action.Path).Path;
            return (host.Hostname, host.Files.Find(path) ?? throw new ActionFailure(FailureKind.NotFound, $"{host.Hostname} has no file {path}."));
        });
        await context.ConfirmMayActAsync();
        estate.DoOnce(EffectBy.Step("edr.collect_file", $"{hostname}:{file.Path}", context), company => new FileFetched(company.Host(action.Host).Id, file.Path, file.Sha256));
        var kept = await context.KeepAsync(file.Name, "application/octet-stream", Encoding.UTF8.GetBytes(file.Content));
        context.Report(file.Size, file.Size, "bytes");
        return new FileCollected(kept, file.Sha256, file.Size);
    }
}
