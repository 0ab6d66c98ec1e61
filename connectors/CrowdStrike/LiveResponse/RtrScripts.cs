using Responder.Connectors.CrowdStrike.Falcon;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.LiveResponse;

/// <summary>Runs our scripts in sessions of Real Time Response, as raw scripts of an admin.</summary>
internal sealed class RtrScripts(CrowdStrikeSettings settings, FalconHosts hosts, RtrDesk desk, FalconClient falcon, TimeProvider time) : IHostScripts
{
    private const string Fence = "```";

    public async Task<ScriptHost> HostAsync(string id, CancellationToken cancel) => (await hosts.GetAsync(id, cancel)).Scripted;

    public Task<T> UseAsync<T>(ScriptHost host, Func<IScriptSession, Task<T>> use, CancellationToken cancel) =>
        desk.UseAsync(host, session => use(new Scripted(settings, session)), cancel);

    public async Task<ScriptOutput?> RememberedAsync(ScriptHost host, SentScript sent, CancellationToken cancel)
    {
        foreach (var line in await desk.LogAsync(host.Id, cancel))
        {
            if (line is { BaseCommand: "runscript", CommandString: { } text, CloudRequestId: { } request } && Is(text, sent, host.IsWindows))
            {
                var output = await RtrSession.OutputAsync(falcon, time, host, RtrRole.AdminCommand, request, cancel);
                return ScriptOutput.Read(output.Stdout, output.Stderr, host);
            }
        }

        return null;
    }

    /// <summary>The command line of Falcon that runs one of our scripts.</summary>
    public static string Command(HostScript script, bool windows, string key) => $"runscript -Raw={Fence}{ScriptText.Whole(script, windows, key)}{Fence} -Timeout=600";

    private static bool Is(string text, SentScript sent, bool windows) =>
        (sent.Key is null || text.Contains(ScriptText.KeyLine(sent.Key), StringComparison.Ordinal))
        && sent.Values.All(value => text.Contains(ScriptText.Named(value, windows), StringComparison.Ordinal));

    /// <summary>A session that runs scripts.</summary>
    private sealed class Scripted(CrowdStrikeSettings settings, RtrSession session) : IScriptSession
    {
        public async Task<ScriptOutput> LookAsync(HostScript script, string key, CancellationToken cancel)
        {
            var output = await session.LookAsync(RtrRole.AdminCommand, "runscript", Checked(script, key), cancel);
            return ScriptOutput.Read(output.Stdout, output.Stderr, session.Host);
        }

        public async Task<ScriptOutput> ActAsync(HostScript script, ActionContext context)
        {
            var output = await session.ActAsync(RtrRole.AdminCommand, "runscript", Checked(script, context.IdempotencyKey), context);
            return await Ordered.FollowAsync($"A script was sent to {session.Host.Hostname}", () => Task.FromResult(ScriptOutput.Read(output.Stdout, output.Stderr, session.Host)));
        }

        private string Checked(HostScript script, string key) => !settings.Scripts
            ? throw new ActionFailure(FailureKind.Forbidden, $"Scripts are off for this connection, and {session.Host.Hostname} can't be looked at safely without. Set Scripts to true and give the API client 'Real time response (admin): write'.")
            : script.Name == "process" && !session.Host.IsWindows ? throw new ActionFailure(FailureKind.Invalid, $"{session.Host.Hostname} does not run Windows; processes are looked at on Windows only.")
            : Command(script, session.Host.IsWindows, key);
    }
}
