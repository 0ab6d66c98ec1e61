using Dapper;
using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class PlaybookTexts(ISqlDoor door, TimeProvider time) : IPlaybookTexts
{
    private const string Drafts = """SELECT playbook AS Playbook, "by" AS Writer, text AS Text, base AS Base, at AS At, proposed AS Proposed FROM playbook_drafts""";

    public Task<PlaybookVersion> PublishedAsync(string playbook, string hash, string text, string by, string comment, string? approvedBy, CancellationToken cancel) => door.WriteAsync(
        Alone.Playbook(playbook),
        async db =>
        {
            var version = new PlaybookVersion(
                playbook, 1 + await db.ExecuteScalarAsync<int>("SELECT coalesce(max(number), 0) FROM playbook_versions WHERE playbook = @playbook", new { playbook }), hash, text, by, comment,
                Values.Time(Values.Of(time.GetUtcNow())), approvedBy);
            await db.ExecuteAsync(
                """INSERT INTO playbook_versions (playbook, number, hash, text, "by", comment, at, approved_by) VALUES (@playbook, @number, @hash, @text, @by, @comment, @at, @approvedBy)""",
                new { playbook, number = (long)version.Number, hash, text, by, comment, at = Values.Of(version.At), approvedBy });
            return version;
        },
        cancel,
        version => new AuditEntry(AuditKinds.Playbook, by, "published", playbook) 
        {
            Result = $"version {version.Number}, {hash}{(approvedBy is null ? string.Empty : $", second person {approvedBy}")}", Reason = comment.Length == 0 ? null : comment,
        });

    public async Task<IReadOnlyList<PlaybookVersion>> VersionsAsync(string playbook, CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<VersionRecord>(
            """
            SELECT playbook AS Playbook, number AS Number, hash AS Hash, text AS Text, "by" AS Writer, comment AS Comment, at AS At, approved_by AS ApprovedBy
            FROM playbook_versions WHERE playbook = @playbook ORDER BY number DESC
            """,
            new { playbook }), cancel)).Select(one => new PlaybookVersion(one.Playbook, (int)one.Number, one.Hash, one.Text, one.Writer, one.Comment, Values.Time(one.At), one.ApprovedBy))];

    public async Task<IReadOnlyList<PlaybookDraft>> DraftsAsync(string? playbook, CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<DraftRecord>(playbook is null ? Drafts : Drafts + " WHERE playbook = @playbook", new { playbook }), cancel))
            .Select(one => new PlaybookDraft(one.Playbook, one.Writer, one.Text, one.Base, Values.Time(one.At), one.Proposed))];

    public Task KeepAsync(PlaybookDraft draft, CancellationToken cancel) => door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            draft.Text.Length == 0
                ? """DELETE FROM playbook_drafts WHERE playbook = @Playbook AND "by" = @By"""
                : """
                  INSERT INTO playbook_drafts (playbook, "by", text, base, at, proposed) VALUES (@Playbook, @By, @Text, @Base, @at, @Proposed)
                  ON CONFLICT (playbook, "by") DO UPDATE SET text = excluded.text, base = excluded.base, at = excluded.at, proposed = excluded.proposed
                  """,
            new { draft.Playbook, draft.By, draft.Text, draft.Base, at = Values.Of(draft.At), draft.Proposed }),
        cancel,
        _ => draft.Proposed is null ? null : new AuditEntry(AuditKinds.Playbook, draft.By, "proposed", draft.Playbook) { Reason = draft.Proposed });
}
