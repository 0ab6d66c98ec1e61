using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Mock.Actions.Edr;

/// <summary>Hosts and processes as the actions return them.</summary>
internal static class HostView
{
    public static HostFound Of(Host host, TimeProvider time) => new(
        host.Id, host.Hostname, host.Ip, host.Os, host.Role, host.Online, Json.Word(host.Isolation), host.Online ? time.GetUtcNow() : host.LastSeen, [.. host.Tags], host.Owner);

    public static ProcessInfo Of(long pid, HostProcess process) => new(
        pid, process.Image, process.CmdLine, process.User, process.StartedAt, process.EndedAt, process.Sha256, process.Parent);

    public static IReadOnlyList<FileEntry> Of(IEnumerable<HostFile> files, string below) => [.. files.Select(file => Of(file, below))];

    public static FileEntry Of(HostFile file, string below) => new(
        file.Path[(below.TrimEnd('\\').Length + 1)..], file.Size, file.CreatedAt, file.ModifiedAt, file.Sha256);
}
