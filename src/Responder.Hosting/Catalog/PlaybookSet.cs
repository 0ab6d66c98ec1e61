using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Engine.Matching;
using Responder.Playbooks;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Catalog;

/// <summary>The playbooks in force at one time. Immutable; safe for many threads.</summary>
public sealed class PlaybookSet
{
    private readonly ConcurrentDictionary<string, Plan> _plans = new(StringComparer.Ordinal);

    internal PlaybookSet(PlaybookLibrary library, IReadOnlyList<Problem> problems, IReadOnlyList<string> kept, DateTimeOffset loadedAt)
    {
        Library = library;
        Problems = problems;
        Kept = kept;
        LoadedAt = loadedAt;
        Matcher = new Matcher(library.Playbooks.Values);
        Ids = JsonSerializer.Serialize(library.Playbooks.Values.Where(one => one.On.Alert is not null).Select(one => one.Id));
        IdsHash = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Ids)));
    }

    /// <summary>Those that can run.</summary>
    public PlaybookLibrary Library { get; }

    /// <summary>Says which an alert starts.</summary>
    public Matcher Matcher { get; }

    /// <summary>The ids of those that alerts can start, as a JSON list: what an alert's explanation refers to.</summary>
    public string Ids { get; }

    /// <summary><c>sha256:…</c> of <see cref="Ids"/>.</summary>
    public string IdsHash { get; }

    /// <summary>What is wrong in the files as they are now.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    /// <summary>Files that have errors now and are in force as they were when they last had none.</summary>
    public IReadOnlyList<string> Kept { get; }

    /// <summary>When they were loaded.</summary>
    public DateTimeOffset LoadedAt { get; }

    /// <summary>A playbook with all that it calls; null where there is none without errors.</summary>
    /// <param name="id">Its id.</param>
    public Plan? PlanOf(string id) => Library.Playbooks.ContainsKey(id) ? _plans.GetOrAdd(id, static (id, library) => PlanCompiler.Compile(id, library), Library) : null;
}
