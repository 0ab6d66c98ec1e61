using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Actions;

/// <summary>
/// Deletion by Falcon's own <c>rm</c>, where scripts are off: nobody on the host resolves the path or looks for links, so it is done only
/// where the connection says <c>UnverifiedPaths: allow</c>, and what is there afterwards is looked at by <c>ls</c>.
/// </summary>
internal sealed class PlainDeletion(CrowdStrikeSettings settings, RtrDesk desk)
{
    private static readonly System.Buffers.SearchValues<char> Odd = System.Buffers.SearchValues.Create("\"'`$;&|<>*?\r\n");

    public async Task<Outcome<FolderDeleted>> FolderAsync(FalconDevice device, string path, ActionContext context)
    {
        if (!settings.UnverifiedPaths)
        {
            throw new ActionFailure(
                FailureKind.RejectedByPolicy,
                $"Without scripts Falcon can't say where {path} on {device.Hostname} really leads, so it is not deleted. Set Scripts to true, or UnverifiedPaths to allow, at this connection.");
        }

        var quoted = Quote(path);
        return await desk.UseAsync<Outcome<FolderDeleted>>(device, async session =>
        {
            if (!await IsThereAsync(session, quoted))
            {
                return Outcome.AlreadySo(new FolderDeleted(path, 0, 0, Gone: true, []));
            }

            var done = await session.ActAsync(RtrRole.ActiveResponderCommand, "rm", device.IsWindows ? $"rm {quoted} -Force" : $"rm {quoted} -r -d", context);
            var left = await IsThereAsync(session, quoted);
            return !left ? new FolderDeleted(path, 0, 0, Gone: true, [])
                : throw new ActionFailure(FailureKind.Unknown, $"rm of {path} on {device.Hostname} left the folder there: {done.Stderr}") { Code = "rm" };
        }, context.Cancel);
    }

    private static async Task<bool> IsThereAsync(RtrSession session, string quoted)
    {
        var seen = await session.LookAsync(RtrRole.Command, "ls", $"ls {quoted}", CancellationToken.None);
        return seen.Stderr.Length == 0;
    }

    /// <summary>A path between quotes, for Falcon's own commands.</summary>
    /// <exception cref="ActionFailure">It holds what quotes do not keep in.</exception>
    internal static string Quote(string path) => path.AsSpan().IndexOfAny(Odd) < 0 ? $"\"{path}\""
        : throw new ActionFailure(FailureKind.Invalid, $"'{path}' holds a character that can't be in a live-response command.");
}
