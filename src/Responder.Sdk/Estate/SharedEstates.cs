namespace Responder.Sdk.Estate;

/// <summary>One estate for each data folder: connections that share a folder share the company, as two API clients share a tenant.</summary>
public static class SharedEstates
{
    private static readonly Lock Turn = new();
    private static readonly Dictionary<string, Entry> Open = new(StringComparer.Ordinal);

    /// <summary>Takes a share in the estate of a folder; it is opened with the first and closed with the last.</summary>
    /// <param name="definition">The company; the same for all that share the folder.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="EstateException">The folder's estate is open with another definition.</exception>
    public static EstateShare Take(EstateDefinition definition, string folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var path = Path.GetFullPath(folder);
        lock (Turn)
        {
            if (!Open.TryGetValue(path, out var entry))
            {
                Open[path] = entry = new Entry(MockEstate.Open(definition, path, time), definition.Fingerprint);
            }
            else if (entry.Fingerprint != definition.Fingerprint)
            {
                throw new EstateException($"{path} holds a mock estate that another connection opened with other settings. Give both the same Estate, Overrides and Faults.");
            }

            entry.Shares++;
            return new EstateShare(entry.Estate, () => GiveBack(path));
        }
    }

    private static void GiveBack(string path)
    {
        lock (Turn)
        {
            if (Open.TryGetValue(path, out var entry) && --entry.Shares == 0)
            {
                Open.Remove(path);
                entry.Estate.Close();
            }
        }
    }

    private sealed class Entry(MockEstate estate, string fingerprint)
    {
        public MockEstate Estate { get; } = estate;

        public string Fingerprint { get; } = fingerprint;

        public int Shares { get; set; }
    }
}

/// <summary>A share in an estate; give it back by disposing of it.</summary>
public sealed class EstateShare : IDisposable
{
    private Action? _giveBack;

    internal EstateShare(MockEstate estate, Action giveBack)
    {
        Estate = estate;
        _giveBack = giveBack;
    }

    /// <summary>The estate.</summary>
    public MockEstate Estate { get; }

    /// <summary>Gives the share back, once.</summary>
    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
