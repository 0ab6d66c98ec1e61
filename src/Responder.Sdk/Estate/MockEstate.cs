namespace Responder.Sdk.Estate;

/// <summary>
/// The one made-up company of a data folder, shared by every handler and emulator over it. Reads and changes take turns; a change is on
/// disk before it is answered, and made again at the next start.
/// </summary>
public sealed class MockEstate : IEffectCounter, IDisposable
{
    private readonly Lock _turn = new();
    private readonly EstateDefinition _definition;
    private readonly TimeProvider _time;
    private readonly EffectLog? _log;
    private readonly List<EstateEffect> _effects = [];
    private Company _company;

    private MockEstate(EstateDefinition definition, string? folder, TimeProvider time)
    {
        _definition = definition;
        _time = time;
        _company = definition.Make();
        _log = folder is null ? null : EffectLog.Open(folder, _effects);
        foreach (var effect in _effects)
        {
            effect.Change?.Apply(_company, effect);
        }
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
            return look(_company);
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
            return decide(_company) is { } change ? Keep(by, change, null) : null;
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
            if (by.Key is not null && _effects.Find(effect => effect.Key == by.Key && effect.Action == by.Action && effect.Counts) is { } earlier)
            {
                Keep(by, null, null);
                return (earlier, false);
            }

            return (Do(by, decide), true);
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

    /// <summary>Notes that a fault struck, before it does.</summary>
    /// <param name="action">The action.</param>
    /// <param name="fault">The fault's name.</param>
    /// <param name="times">How often it strikes in all.</param>
    /// <returns>False where it has struck that often already.</returns>
    internal bool Strike(EffectBy action, string fault, int times)
    {
        lock (_turn)
        {
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
            _company = _definition.Make();
            _effects.Clear();
            _log?.Clear();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _log?.Dispose();

    private EstateEffect Keep(EffectBy by, Change? change, string? fault)
    {
        var effect = new EstateEffect(_effects.Count + 1, _time.GetUtcNow(), by.Action, by.Target, by.Key, by.Run, change, fault);
        _log?.Append(effect);
        _effects.Add(effect);
        change?.Apply(_company, effect);
        return effect;
    }
}
