using System.Globalization;

namespace Responder.Sdk.Estate;

/// <summary>Many files in a few words, or one file by its <see cref="Name"/>. The same words always give the same files.</summary>
public sealed class FileGroup
{
    /// <summary>One file of this name; null for a group.</summary>
    public string? Name { get; init; }

    /// <summary>How many files, those of <see cref="Named"/> included.</summary>
    public int Count { get; init; }

    /// <summary>Their sizes together, those of <see cref="Named"/> included.</summary>
    public long Bytes { get; init; }

    /// <summary>Their names without extension; <c>{n}</c> counts from 1.</summary>
    public string Names { get; init; } = "file-{n}";

    /// <summary>How many of each extension, with the dot.</summary>
    public Dictionary<string, int> Extensions { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Files of the group with a name of their own, counted inside it.</summary>
    public Dictionary<string, NamedFile> Named { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder that they were copied from.</summary>
    public string? CopiedFrom { get; init; }

    /// <summary>First and last creation; the files lie evenly between.</summary>
    public List<DateTimeOffset> Created { get; } = [];

    /// <summary>First and last modification; as <see cref="Created"/> where none is given.</summary>
    public List<DateTimeOffset> Modified { get; } = [];

    /// <summary>One file's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>One file's whole text; its size then is the text's.</summary>
    public string? Content { get; init; }

    /// <summary>What is wrong with the group; null where nothing is.</summary>
    internal string? Problem()
    {
        var sum = Extensions.Values.Sum() + Named.Count;
        return Name is not null ? null
            : Count <= 0 ? "a group needs 'count' (or 'name', for one file)"
            : sum != Count ? $"'extensions' and 'named' make {sum} files, 'count' says {Count}"
            : Bytes < Named.Values.Sum(file => file.Bytes) + Count - Named.Count ? "'bytes' is too small for so many files"
            : null;
    }

    /// <summary>The files.</summary>
    internal IEnumerable<HostFile> Make(Host host, string folder, string group)
    {
        if (Name is not null)
        {
            var line = Content ?? Line(host, folder, Name, Bytes);
            yield return new HostFile(folder, Name, Content is null ? Bytes : System.Text.Encoding.UTF8.GetByteCount(Content), CreatedAt, CreatedAt, CopiedFrom, line);
            yield break;
        }

        var names = Mixed();
        var left = Bytes - Named.Values.Sum(file => file.Bytes);
        var plain = Count - Named.Count;
        var weights = Enumerable.Range(0, plain).Select(index => Weight(group, index)).ToArray();
        var total = weights.Sum();
        long given = 0;
        for (var index = 0; index < names.Count; index++)
        {
            var named = Named.GetValueOrDefault(names[index]);
            var size = named?.Bytes ?? (index == LastPlain(names) ? left - given : (long)(left * (weights[index] / total)));
            given += named is null ? size : 0;
            yield return new HostFile(
                folder, names[index], size, At(Created, index), At(Modified.Count > 0 ? Modified : Created, index), CopiedFrom, Line(host, folder, names[index], size));
        }
    }

    private int LastPlain(List<string> names) => names.FindLastIndex(name => !Named.ContainsKey(name));

    /// <summary>Plain names with their extensions mixed as a folder's are, then the named ones.</summary>
    private List<string> Mixed()
    {
        var width = Count.ToString(CultureInfo.InvariantCulture).Length;
        var plain = Count - Named.Count;
        var names = new List<string>(Count);
        var used = Extensions.ToDictionary(pair => pair.Key, _ => 0);
        for (var index = 0; index < plain; index++)
        {
            var next = Extensions.MaxBy(pair => (double)pair.Value * (index + 1) / plain - used[pair.Key]).Key;
            used[next]++;
            var number = (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
            names.Add(Names.Replace("{n}", number, StringComparison.Ordinal) + next);
        }

        names.AddRange(Named.Keys);
        return names;
    }

    private DateTimeOffset? At(List<DateTimeOffset> range, int index) => range switch
    {
        [] => null,
        [var only] => only,
        [var first, var last, ..] => first + ((last - first) * (Count == 1 ? 0 : (double)index / (Count - 1))),
    };

    /// <summary>Between 0.4 and 1.6, fixed for group and place, so that sizes differ as real ones do.</summary>
    private static double Weight(string group, int index)
    {
        var mixed = (uint)index * 2654435761u;
        foreach (var letter in group)
        {
            mixed = (mixed ^ letter) * 16777619u;
        }

        return 0.4 + (1.2 * (mixed >> 8) / (1 << 24));
    }

    private static string Line(Host host, string folder, string name, long size) =>
        string.Create(CultureInfo.InvariantCulture, $"{host.Hostname}|{folder}\\{name}|{size}\n");
}

/// <summary>A file of a group with a name of its own.</summary>
public sealed class NamedFile
{
    /// <summary>In bytes.</summary>
    public long Bytes { get; init; }
}
