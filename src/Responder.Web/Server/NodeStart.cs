using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Responder.Hosting;
using Responder.Hosting.Audit;
using Responder.Hosting.Notices;
using Responder.Sdk;
using Responder.Web.Access;

namespace Responder.Web.Server;

/// <summary>What must be there before the first call is answered: a key, the playbooks, the counts. Then recovery begins, and the playbooks are watched.</summary>
internal sealed partial class NodeStart(
    ResponderNode node, Loading loading, NodeWork work, KeySignIns signIns, ServerOptions options, People.FirstSignIn first, IServer server, IHostApplicationLifetime life, TimeProvider time, ILogger<NodeStart> log)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan LastNotes = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;
    private Task _first = Task.CompletedTask;
    private Task _notices = Task.CompletedTask;
    private Task _started = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await FirstKey.EnsureAsync(node.Store.ApiKeys, options.Folder, node.Ids, time, cancellationToken))
        {
            KeyMade(log, options.Folder.File(FirstKey.FileName));
        }

        await (await loading.Intake).RestoreAsync(cancellationToken);
        await loading.Playbooks;
        _notices = Notices();

        // Not waited for: on a full disk a restart must listen, and say that it is not ready, instead of hanging.
        _started = NoteStartAsync();
        node.Sweep();
        work.Start();
        _watch = loading.Catalog.WatchAsync(options.PlaybooksEvery, _stopping.Token);
        life.ApplicationStarted.Register(Announce);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // What was noted last is in the audit before its heads go out for the last time; on a disk that takes nothing it is not waited for.
        await signIns.Written.WaitAsync(LastNotes, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await work.StopAsync();
        await _watch;
        await _notices.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _first;
        if (options.Cluster is not null)
        {
            // While this node is still a member: others take its runs as soon as it is none.
            await node.Host.DisposeAsync();
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task NoteStartAsync()
    {
        try
        {
            await new ChangeNotes(node.Store.Audit, node.Store.Settings).StartedAsync(
                options.Audit, $"version {typeof(NodeStart).Assembly.GetName().Version!.ToString(3)}; policy {node.Services.Policy.Version}; connections {string.Join(", ", node.Connections.All.Select(one => $"{one.Name} ({one.Connector})"))}",
                _stopping.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !_stopping.IsCancellationRequested)
        {
            NotNoted(log, failure);
        }
    }

    private Task Notices()
    {
        if (options.GateNotices is not { } playbook)
        {
            return Task.CompletedTask;
        }

        return loading.Catalog.Current.PlanOf(playbook) is null
            ? throw new SettingsException("Approvals:Notify", $"is '{playbook}', and there is no playbook of that id without errors.")
            : new GateNotices(node, loading.Catalog, playbook, log).RunAsync(_stopping.Token);
    }

    private void Announce()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            options.Folder.Announce(address);
            node.Connections.Answers.ServedAt(options.PublicAddress ?? address);
            Listening(log, address);
            _first = first.EnsureAsync(address);
        }

        // What only the start needed goes back to the system at once: an idle server would not collect for hours.
        _ = Task.Run(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
    }

    [LoggerMessage(1611, LogLevel.Information, "The first API key is in {File}")]
    private static partial void KeyMade(ILogger log, string file);

    [LoggerMessage(1613, LogLevel.Error, "The start could not be written into the audit")]
    private static partial void NotNoted(ILogger log, Exception failure);

    [LoggerMessage(1612, LogLevel.Information, "Responder listens on {Address}")]
    private static partial void Listening(ILogger log, string address);
}
