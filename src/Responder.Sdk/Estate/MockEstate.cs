using System.Text.Json;
using System.Text.Json.Nodes;

namespace Responder.Sdk.Estate;

/// <summary>
/// The one made-up company of a data folder, shared by every handler and emulator over it, in this process and in others. Reads and changes take
/// turns; a change is on disk before it is answered, and made again at the next start.
/// </summary>
public sealed class MockEstate : IEffectCounter
{
    private readonly Lock _turn = new();
    private readonly EstateDefinition _definition;
    private readonly TimeProvider _time;
    private readonly EffectLog? _log;
    private readonly List<EstateEffect> _effects = [];
    private Company? _company;
    private bool _othersOut;

    private MockEstate(EstateDefinition definition, string? folder, TimeProvider time)
    {
        _definition = definition;
        _time = time;
        _log = folder is null ? null : EffectLog.Open(folder, _effects);
    }

    /// <summary>Opens the estate of a data folder. <see cref="SharedEstates"/> gives the same one to all connections of a program.</summary>
    /// <param name="definition">The company at its first start.</param>
    /// <param name="folder">Where <c>mock-estate.jsonl</c> is; made where it is missing.</param>
    /// <param name="time">The clock.</param>
    public static MockEstate Open(EstateDefinition definition, string folder, TimeProvider time) => new(definition, folder, time);

    /// <summary>An estate that is gone with the process.</summary>
    /// <param name="definition">The company at its start.</param>
    /// <param name="time">The clock.</param>
    public static MockEstate InMemory(EstateDefinition definition, TimeProvider time) => new(definition, null, time);

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<EstateEffect> History
    {
        get
        {
            lock (_turn)
            {
                Learn();
                return [.. _effects];
            }
        }
    }

    /// <summary>Reads. Copy out what is needed: the company may change once the call is over.</summary>
    /// <param name="look">What to read.</param>
    public T Read<T>(Func<Company, T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (_turn)
        {
            return look(Here());
        }
    }

    /// <summary>Does something, where it is not so already.</summary>
    /// <param name="by">Who, on what.</param>
    /// <param name="decide">Sees the company and says what changes; null where it is so already; throws where it may not be.</param>
    /// <returns>The effect, on disk; null where nothing had to be done.</returns>
    public EstateEffect? Do(EffectBy by, Func<Company, Change?> decide)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(decide);
        lock (_turn)
        {
            using var others = Others();
            return Made(by, decide);
        }
    }

    /// <summary>Does something once for a key: a call under a key that has done this action already is noted and does nothing more.</summary>
    /// <param name="by">Who, on what; with a key.</param>
    /// <param name="decide">As for <see cref="Do"/>.</param>
    /// <returns>The effect, and true where it was done now.</returns>
    public (EstateEffect? Effect, bool Now) DoOnce(EffectBy by, Func<Company, Change?> decide)
    {
        ArgumentNullException.ThrowIfNull(by);
        lock (_turn)
        {
            using var others = Others();
            if (by.Key is not null && Done(by.Action, by.Key) is { } earlier)
            {
                Keep(by, null, null);
                return (earlier, false);
            }

            return (Made(by, decide), true);
        }
    }

    /// <summary>What a step did; null where it did nothing.</summary>
    /// <param name="action">The action's name.</param>
    /// <param name="key">The step's idempotency key.</param>
    public EstateEffect? DoneBy(string action, string key)
    {
        lock (_turn)
        {
            Learn();
            return Done(action, key);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, EffectCount> Effects(string? run = null)
    {
        var mine = History.Where(effect => effect.Fault is null && (effect.Change is null || effect.Counts) && (run is null || effect.Run == run));
        return mine.GroupBy(effect => effect.Action, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group =>
            {
                var done = group.Where(effect => effect.Counts).ToList();
                return new EffectCount(
                    group.Key,
                    done.Count,
                    group.Count() - done.Count,
                    done.CountBy(effect => effect.Target, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase),
                    done.Where(effect => effect.Key is not null).CountBy(effect => effect.Key!).ToDictionary());
            },
            StringComparer.Ordinal);
    }

    /// <summary>Something that the world does by itself, uncounted: a host comes back, somebody writes a file.</summary>
    /// <param name="change">The change in the words of the log: <c>{"is":"host_connected","host":"SALES-LT-031","online":true}</c>; <c>host</c> may be the estate's name.</param>
    /// <exception cref="EstateException">It is no change, or of something that is not there.</exception>
    public void Happen(JsonElement change)
    {
        try
        {
            var made = change.Deserialize<Change>(Json.Options) ?? throw new EstateException("A change is a map with 'is'.");
            Do(new EffectBy("world." + change.GetProperty("is").GetString(), "world"), company =>
            {
                // Looked at first: what is on disk must be possible at the next start, too.
                if (change.TryGetProperty("host", out var host) && company.HostByAnyName(host.GetString()!) is var found
                    && made is ProcessEnded { Pid: var pid } && !found.Processes.ContainsKey(pid))
                {
                    throw new EstateException($"{found.Hostname} has no process {pid}.");
                }

                return made;
            });
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ActionFailure or KeyNotFoundException)
        {
            throw new EstateException($"This can't happen in the estate: {change.GetRawText()}: {exception.Message}", exception);
        }
    }

    /// <summary>Makes more go wrong from now on, until a reset or a restart.</summary>
    /// <param name="faults">A list of <see cref="Fault"/>, as YAML or JSON.</param>
    /// <exception cref="EstateException">It is no such list.</exception>
    public void AddFaults(string faults)
    {
        try
        {
            var more = EstateDefinition.Faults(faults, "faults");
            lock (_turn)
            {
                Here().Faults.AddRange(more);
            }
        }
        catch (JsonException exception)
        {
            throw new EstateException($"faults: {exception.Path}: {exception.Message}", exception);
        }
    }

    /// <summary>How everything is now, in the shape of estate.yaml; of a folder also <c>now: {count, bytes}</c>. A folder that was deleted is not in it.</summary>
    public JsonElement State()
    {
        lock (_turn)
        {
            var company = Here();
            var state = EstateDefinition.Write(company);
            foreach (var (name, host) in company.Hosts)
            {
                var folders = state["hosts"]![name]!["folders"]!.AsObject();
                foreach (var path in host.Folders.Keys)
                {
                    if (!host.Files.FolderExists(path))
                    {
                        folders.Remove(path);
                        continue;
                    }

                    var files = host.Files.List(path, recurse: false);
                    folders[path]!["now"] = new JsonObject { ["count"] = files.Count, ["bytes"] = files.Sum(file => file.Size) };
                }
            }

            return JsonSerializer.SerializeToElement(state, Json.Options);
        }
    }

    /// <summary>Notes that a fault struck, before it does.</summary>
    /// <param name="action">The action.</param>
    /// <param name="fault">The fault's name.</param>
    /// <param name="times">How often it strikes in all.</param>
    /// <returns>False where it has struck that often already.</returns>
    internal bool Strike(EffectBy action, string fault, int times)
    {
        lock (_turn)
        {
            using var others = Others();
            if (_effects.Count(effect => effect.Fault == fault) >= times)
            {
                return false;
            }

            Keep(action, null, fault);
            return true;
        }
    }

    /// <summary>Back to the first start: what happened is forgotten, here and on disk.</summary>
    public void Reset()
    {
        lock (_turn)
        {
            using var others = Others();
            _company = null;
            _effects.Clear();
            _log?.Clear();
        }
    }

    /// <summary>Closes the file. Not a Dispose: services that hand the estate out must not close it for those who share it.</summary>
    public void Close() => _log?.Dispose();

    private EstateEffect? Made(EffectBy by, Func<Company, Change?> decide) => decide(Here()) is { } change ? Keep(by, change, null) : null;

    /// <summary>Keeps other processes out, and knows what they did; null where the estate is this process's alone, or they are out already.</summary>
    private OthersOut? Others()
    {
        if (_log is null || _othersOut)
        {
            return null;
        }

        var turn = new OthersOut(this, _log.Turn());
        Learn();
        return turn;
    }

    /// <summary>Takes over what other processes did to the company.</summary>
    private void Learn()
    {
        if (_log is null)
        {
            return;
        }

        var known = _effects.Count;
        if (!_log.Learn(_effects))
        {
            _company = null;
        }
        else if (_company is not null)
        {
            foreach (var effect in _effects.Skip(known))
            {
                effect.Change?.Apply(_company, effect);
            }
        }
    }

    private EstateEffect? Done(string action, string key) => _effects.Find(effect => effect.Key == key && effect.Action == action && effect.Counts);

    private EstateEffect Keep(EffectBy by, Change? change, string? fault)
    {
        var effect = new EstateEffect(_effects.Count + 1, _time.GetUtcNow(), by.Action, by.Target, by.Key, by.Run, change, fault, by.Call);
        _log?.Append(effect);
        _effects.Add(effect);
        change?.Apply(Here(), effect);
        return effect;
    }

    /// <summary>The company, made when it is first needed, with all that happened to it.</summary>
    private Company Here()
    {
        Learn();
        if (_company is null)
        {
            var company = _definition.Make();
            foreach (var effect in _effects)
            {
                effect.Change?.Apply(company, effect);
            }

            _company = company;
        }

        return _company;
    }

    private sealed class OthersOut : IDisposable
    {
        private readonly MockEstate _estate;
        private readonly FileStream _turn;

        public OthersOut(MockEstate estate, FileStream turn)
        {
            (_estate, _turn) = (estate, turn);
            estate._othersOut = true;
        }

        public void Dispose()
        {
            _estate._othersOut = false;
            _turn.Dispose();
        }
    }
}
