using System.Text.Json;
using Responder.Engine.Access;
using Responder.Engine.Audit;
using Responder.Hosting.Catalog;
using Responder.Sdk;

namespace Responder.Hosting.Audit;

/// <summary>Notes what changed in files, by whomever and however: playbooks that came into force or out of it, the policy, the settings. It compares with what was noted last, over restarts.</summary>
/// <param name="audit">The audit.</param>
/// <param name="stored">Where what was noted last is kept.</param>
public sealed class ChangeNotes(IAuditLog audit, IStoredSettings stored)
{
    private const string Files = "file";
    private const string PlaybooksNoted = "audit.playbooks";
    private const string PolicyNoted = "audit.policy";

    private PlaybookSet? _playbooks;
    private string? _policy;

    /// <summary>Notes that this node starts.</summary>
    /// <param name="settings">The audit's settings, with the digest of all.</param>
    /// <param name="about">What it starts with, for people.</param>
    /// <param name="cancel">Ends it.</param>
    public Task StartedAsync(AuditSettings settings, string about, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return audit.WriteAsync(new AuditEntry(AuditKinds.Setting, $"system:{Environment.UserName}", "started", Environment.MachineName) { Result = settings.Digest, Reason = about }, cancel);
    }

    /// <summary>Looks once; where nothing changed since the last look it costs nothing.</summary>
    /// <param name="playbooks">Those in force.</param>
    /// <param name="policy">The policy's edition.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task LookAsync(PlaybookSet playbooks, string policy, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(playbooks);
        if (!ReferenceEquals(playbooks, _playbooks))
        {
            await NoteAsync(playbooks.Library.Playbooks.ToDictionary(one => one.Key, one => one.Value.Hash, StringComparer.Ordinal), cancel);
            _playbooks = playbooks;
        }

        if (policy != _policy)
        {
            if (await stored.GetAsync(PolicyNoted, cancel) is var before && before != policy)
            {
                await audit.WriteAsync(new AuditEntry(AuditKinds.Policy, Files, "in_force", policy) { Reason = before is null ? null : $"before: {before}" }, cancel);
                await stored.SetAsync(PolicyNoted, policy, cancel);
            }

            _policy = policy;
        }
    }

    private async Task NoteAsync(Dictionary<string, string> now, CancellationToken cancel)
    {
        var before = await stored.GetAsync(PlaybooksNoted, cancel) is { } text ? JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json.Options)! : [];
        var changed = false;
        foreach (var id in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Where(id => before.GetValueOrDefault(id) != now.GetValueOrDefault(id)))
        {
            changed = true;
            await audit.WriteAsync(
                new AuditEntry(AuditKinds.Playbook, Files, now.ContainsKey(id) ? "in_force" : "gone", id)
                {
                    Result = now.GetValueOrDefault(id), Reason = before.TryGetValue(id, out var was) ? $"before: {was}" : null,
                },
                cancel);
        }

        if (changed)
        {
            await stored.SetAsync(PlaybooksNoted, JsonSerializer.Serialize(now, Json.Options), cancel);
        }
    }
}
