using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Responder.Engine.Journal;
using Responder.Engine.Runs;

namespace Responder.Engine.Host;

/// <summary>Drives runs in this process: a map of live loops over the store. No server, no silo.</summary>
/// <param name="services">What run loops share.</param>
/// <param name="plans">Definitions.</param>
/// <param name="queries">Where a loop's failures are noted.</param>
public sealed partial class RunHost(RunServices services, PlanCache plans, IRunQueries queries) : IRunHost, IAsyncDisposable
{
    /// <summary>A run that this program can't read is not looked at again for so long: newer nodes drive it.</summary>
    private static readonly TimeSpan LeftFor = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan[] RetryAfter = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>So many new runs are at their first steps at once; see <see cref="BeginningRuns"/>.</summary>
    private const int Beginning = 64;

    private readonly BeginningRuns _beginning = new(Beginning, services.Time);
    private readonly ConcurrentDictionary<string, Live> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, string Why)> _leftToNewer = new(StringComparer.Ordinal);
    private volatile bool _stopping;

    /// <summary>By way of whom runs that got their slot are woken: this process, or the cluster.</summary>
    public IRunHost? Cluster { get; set; }

    /// <summary>The runs that are live here.</summary>
    public int LiveCount => _live.Count;

    /// <summary>The runs that this program can't read, and does not look at for a while: a newer node drives them.</summary>
    public IReadOnlyCollection<string> LeftNow
    {
        get
        {
            var now = services.Time.GetUtcNow();
            return [.. _leftToNewer.Where(one => now < one.Value.Until).Select(one => one.Key)];
        }
    }

    /// <summary>True where a run's loop is live here.</summary>
    /// <param name="runId">The run.</param>
    public bool IsLive(string runId) => _live.ContainsKey(runId);

    /// <summary>Completes when the run's loop is over here: it ended, it only waits, or another owner has it.</summary>
    /// <param name="runId">The run.</param>
    public Task WhenAwayAsync(string runId) => _live.TryGetValue(runId, out var live) ? live.Done.Task : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task WakeAsync(string runId) => await SignalAsync(runId, new Nudge());

    /// <summary>Drives a run that was just admitted: its epoch is ours from the admission's own commit on, so that it need not be taken by another.</summary>
    /// <param name="admitted">The run as its admission left it.</param>
    public async Task BeginAsync(StoredRun admitted)
    {
        ArgumentNullException.ThrowIfNull(admitted);
        await SignalAsync(admitted.RunId, new Nudge(), admitted);
    }

    /// <inheritdoc/>
    public Task<SignalResult> SignalAsync(string runId, RunSignal signal) => SignalAsync(runId, signal, null);

    private async Task<SignalResult> SignalAsync(string runId, RunSignal signal, StoredRun? admitted)
    {
        if (_leftToNewer.TryGetValue(runId, out var left))
        {
            if (services.Time.GetUtcNow() < left.Until)
            {
                return signal is Nudge ? SignalResult.Taken : new SignalResult(SignalStatus.Conflict, left.Why);
            }

            _leftToNewer.TryRemove(runId, out _);
        }

        while (!_stopping)
        {
            var answer = new TaskCompletionSource<SignalResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            var live = _live.GetOrAdd(runId, static id => new Live(id));
            if (live.TryPost(new Signalled(signal, answer), out var mine))
            {
                if (mine)
                {
                    _ = DriveAsync(live, admitted);
                    admitted = null;
                }

                try
                {
                    return signal is Nudge && !mine ? SignalResult.Taken : await answer.Task;
                }
                catch (LoopClosedException)
                {
                    // The loop was put away before it read this; the next round wakes it.
                }
            }

            await live.Done.Task;
        }

        return new SignalResult(SignalStatus.Conflict, "This node is being stopped; ask another one, or again in a moment.");
    }

    /// <summary>Takes no new work; lets acting calls finish, then leaves the runs to the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        foreach (var live in _live.Values)
        {
            live.Stop();
        }

        try
        {
            await Task.WhenAll(_live.Values.Select(live => live.Done.Task)).WaitAsync(TimeSpan.FromSeconds(30), services.Time);
        }
        catch (TimeoutException)
        {
            CallsLeft(services.Log, _live.Count);
        }
    }

    private async Task DriveAsync(Live live, StoredRun? admitted)
    {
        IReadOnlyList<string> started = [];
        try
        {
            started = await DriveOnceAsync(live, admitted);
            live.Close();
        }
        catch (FencedException)
        {
            live.Close();
            Fenced(services.Log, live.RunId);
        }
        catch (OtherConnectorsException exception)
        {
            live.Close(new SignalResult(SignalStatus.Conflict, exception.Message));
            LeftToOthers(services.Log, live.RunId, exception.Message);
        }
        catch (UnknownEventException exception)
        {
            _leftToNewer[live.RunId] = (services.Time.GetUtcNow() + LeftFor, exception.Message);
            live.Close(new SignalResult(SignalStatus.Conflict, exception.Message));
            LeftToNewer(services.Log, live.RunId, exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            live.Close(new SignalResult(SignalStatus.Conflict, $"The run's loop failed: {exception.Message}"));
            LoopFailed(services.Log, exception, live.RunId);
            await NoteAsync(live.RunId, exception);
        }
        finally
        {
            live.Close();
            _live.TryRemove(KeyValuePair.Create(live.RunId, live));
            live.Done.TrySetResult();
        }

        foreach (var runId in started)
        {
            _ = (Cluster ?? this).WakeAsync(runId);
        }
    }

    private async Task<IReadOnlyList<string>> DriveOnceAsync(Live live, StoredRun? admitted)
    {
        if (admitted is not null)
        {
            // Who admitted it answers its sender first.
            await Task.Yield();
            using var turn = await _beginning.EnterAsync();
            if (!_stopping)
            {
                return await LoopOrGiveBackAsync(live, admitted);
            }

            live.Close(new SignalResult(SignalStatus.Conflict, "This node is being stopped; ask again in a moment."));
            return [];
        }

        if (await services.Journal.TakeAsync(live.RunId, services.Owner, CancellationToken.None) is not { } stored)
        {
            live.Close(new SignalResult(SignalStatus.NotFound, $"There is no run {live.RunId}."));
            return [];
        }

        if (stored.Row.Status.IsEnd())
        {
            live.Close(new SignalResult(SignalStatus.Conflict, $"Run {live.RunId} is over."));
            return [];
        }

        return await LoopOrGiveBackAsync(live, stored);
    }

    private async Task<IReadOnlyList<string>> LoopOrGiveBackAsync(Live live, StoredRun stored)
    {
        try
        {
            return await LoopAsync(live, stored);
        }
        catch (UnknownEventException)
        {
            await GiveBackAsync(stored);
            throw;
        }
    }

    private async Task<IReadOnlyList<string>> LoopAsync(Live live, StoredRun stored)
    {
        // First of all: a newer program's definition might not be read here either.
        JournalCodec.Check(stored.Events);
        IReadOnlyList<JournalEntry> journal = [.. stored.Events.Select(JournalCodec.Read)];
        var created = (RunCreated)journal[0].Event;
        if (created.Connectors != services.Connections.Mode)
        {
            throw new OtherConnectorsException(live.RunId, created.Connectors, services.Connections.Mode);
        }

        var plan = await plans.GetAsync(created.DefinitionHash, created.Playbook, CancellationToken.None);
        using var loop = new RunLoop(services, stored, journal, plan);
        live.Open(loop);
        return await loop.RunAsync();
    }

    /// <summary>To take it was to own it: where this program can't read it, newer nodes must find it again, also where something had woken it.</summary>
    private Task<AppendResult> GiveBackAsync(StoredRun stored) => services.Journal.AppendAsync(new JournalBatch
    {
        RunId = stored.RunId,
        ExpectedSeq = stored.LastSeq,
        Epoch = stored.Epoch,
        Events = [],
        Row = stored.Row with { Owned = false, DueAt = stored.Row.Status is RunStatus.Waiting or RunStatus.InDoubt ? services.Time.GetUtcNow() : stored.Row.DueAt },
    });

    private async Task NoteAsync(string runId, Exception exception)
    {
        try
        {
            await queries.NoteLoopFailureAsync(runId, exception.Message, RetryAfter, services.Time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            LoopFailed(services.Log, second, runId);
        }
    }

    [LoggerMessage(1301, LogLevel.Error, "The loop of run {RunId} failed; it is tried again")]
    private static partial void LoopFailed(ILogger log, Exception exception, string runId);

    [LoggerMessage(1302, LogLevel.Information, "Run {RunId} has another owner now")]
    private static partial void Fenced(ILogger log, string runId);

    [LoggerMessage(1303, LogLevel.Warning, "Run {RunId} is left to newer nodes: {Reason}")]
    private static partial void LeftToNewer(ILogger log, string runId, string reason);

    [LoggerMessage(1305, LogLevel.Warning, "Run {RunId} is left alone: {Reason}")]
    private static partial void LeftToOthers(ILogger log, string runId, string reason);

    [LoggerMessage(1304, LogLevel.Warning, "Stopped with {Count} runs at work; their calls are taken up by recovery at the next start")]
    private static partial void CallsLeft(ILogger log, int count);

    /// <summary>A run that began on the products is never gone on with on mocks, nor the other way.</summary>
    private sealed class OtherConnectorsException(string runId, string its, string ours)
        : Exception($"Run {runId} was started with --connectors {its}, and this program has {ours}. Start it with --connectors {its}.");

    /// <summary>A run's place in the map: messages wait in it until the loop is there.</summary>
    private sealed class Live(string runId)
    {
        private readonly Lock _lock = new();
        private readonly List<Signalled> _early = [];
        private RunLoop? _loop;
        private bool _begun;
        private bool _closed;
        private SignalResult? _refusal;

        public string RunId => runId;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool TryPost(Signalled message, out bool mine)
        {
            lock (_lock)
            {
                mine = !_begun;
                _begun = true;
                if (_closed)
                {
                    return false;
                }

                if (_loop is null)
                {
                    _early.Add(message);
                    return true;
                }

                return _loop.Post(message);
            }
        }

        public void Open(RunLoop loop)
        {
            lock (_lock)
            {
                _loop = loop;
                foreach (var message in _early)
                {
                    loop.Post(message);
                }

                _early.Clear();
            }
        }

        public void Stop()
        {
            lock (_lock)
            {
                _loop?.Stop();
            }
        }

        public void Close(SignalResult? refusal = null)
        {
            lock (_lock)
            {
                _closed = true;
                _refusal ??= refusal;
                foreach (var message in _early)
                {
                    if (_refusal is { } why)
                    {
                        message.Answer.TrySetResult(why);
                    }
                    else
                    {
                        message.Answer.TrySetException(new LoopClosedException());
                    }
                }

                _early.Clear();
            }
        }
    }
}
