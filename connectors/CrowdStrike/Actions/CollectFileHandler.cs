using System.Security.Cryptography;
using System.Text.Json;
using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;
using Responder.Sdk.Edr.LiveResponse;
using Responder.Sdk.Rest;
using RestSharp;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>Falcon's <c>get</c>: the host uploads the file, Falcon gives it as a 7z archive, and what was in it is kept if its hash is the one that Falcon names.</summary>
[Recovery(Recover.Repeat)]
internal sealed class CollectFileHandler(FalconClient falcon, FalconHosts hosts, RtrDesk desk) : IActionHandler<CollectFile, FileCollected>
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private const long LargestArchive = 256L * 1024 * 1024;

    public async Task<Outcome<FileCollected>> RunAsync(CollectFile action, ActionContext context)
    {
        var host = (await hosts.GetAsync(action.Host, context.Cancel)).Scripted;
        var path = HostPath.Normal(host, action.Path, shortNames: true);
        return await desk.UseAsync<Outcome<FileCollected>>(host, async session =>
        {
            var ordered = await session.ActAsync(RtrRole.ActiveResponderCommand, "get", $"get {PlainListing.Quote(path)}", context);
            if (ordered.Stderr.Length > 0)
            {
                throw new ActionFailure(FailureKind.NotFound, $"{path} on {host.Hostname} can't be fetched: {ordered.Stderr}") { Code = "get" };
            }

            var file = await UploadedAsync(session, ordered.CloudRequestId, path, context);
            var name = path[(path.LastIndexOfAny(['\\', '/']) + 1)..];
            var archive = await falcon.Rest.ReadAsync(
                new RestRequest("/real-time-response/entities/extracted-file-contents/v1").WithQuery("session_id", session.Id).WithQuery("sha256", file.Sha256).WithQuery("filename", name + ".7z"),
                context.Cancel, new RestCallOptions { BodyLimit = LargestArchive, Timeout = TimeSpan.FromMinutes(5) });
            var content = Archive.Unpack(archive.Body);
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            if (!string.Equals(hash, file.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new ActionFailure(FailureKind.Transient, $"{path} on {host.Hostname} came with the hash {hash}; Falcon names {file.Sha256}.") { Code = "hash" };
            }

            var kept = await context.KeepAsync(name, "application/octet-stream", content);
            context.Report(content.Length, content.Length, "bytes");
            return new FileCollected(kept, hash, file.Size ?? content.Length);
        }, context.Cancel);
    }

    private async Task<RtrFile> UploadedAsync(RtrSession session, string request, string path, ActionContext context)
    {
        var began = context.Time.GetUtcNow();
        while (true)
        {
            var answer = await falcon.GetAsync("/real-time-response/entities/file/v2", context.Cancel, ("session_id", session.Id));
            var file = (answer.Read<FalconEnvelope<RtrFile>>(VendorJson.Snake).Resources ?? []).FirstOrDefault(one => one.CloudRequestId == request);
            if (file is { Sha256.Length: 64 } && file.Complete != false)
            {
                return file;
            }

            if (context.Time.GetUtcNow() - began > Longest)
            {
                throw new ActionFailure(FailureKind.Transient, $"{path} on {session.Host.Hostname} was not uploaded within {Longest.TotalMinutes:0} minutes.") { Code = "upload" };
            }

            await Task.Delay(Poll, context.Time, context.Cancel);
        }
    }
}

/// <summary>A file that a host uploaded.</summary>
internal sealed record RtrFile(string? CloudRequestId, string? Name, string? Sha256, long? Size, bool? Complete, JsonElement? Error);
