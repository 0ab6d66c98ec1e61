using Dapper;
using Responder.Engine.Journal;

namespace Responder.Storage;

internal sealed class PlaybookTexts(ISqlDoor door, TimeProvider time) : IPlaybookTexts
{
    private const string Drafts = """SELECT playbook AS Playbook, "by" AS Writer, text AS Text, base AS Base, at AS At FROM playbook_drafts WHERE playbook = @playbook""";

    public Task<PlaybookVersion> PublishedAsync(string playbook, string hash, string text, string by, string comment, CancellationToken cancel) => door.WriteAsync(
        Alone.Playbook(playbook),
        async db =>
        {
            var version = new PlaybookVersion(
                playbook, 1 + await db.ExecuteScalarAsync<int>("SELECT coalesce(max(number), 0) FROM playbook_versions WHERE playbook = @playbook", new { playbook }), hash, text, by, comment,
                Values.Time(Values.Of(time.GetUtcNow())));
            await db.ExecuteAsync(
                """INSERT INTO playbook_versions (playbook, number, hash, text, "by", comment, at) VALUES (@playbook, @number, @hash, @text, @by, @comment, @at)""",
                new { playbook, number = (long)version.Number, hash, text, by, comment, at = Values.Of(version.At) });
            return version;
        },
        cancel);

    public async Task<IReadOnlyList<PlaybookVersion>> VersionsAsync(string playbook, CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<VersionRecord>(
            """
            SELECT playbook AS Playbook, number AS Number, hash AS Hash, text AS Text, "by" AS Writer, comment AS Comment, at AS At
            FROM playbook_versions WHERE playbook = @playbook ORDER BY number DESC
            """,
            new { playbook }), cancel)).Select(one => new PlaybookVersion(one.Playbook, (int)one.Number, one.Hash, one.Text, one.Writer, one.Comment, Values.Time(one.At)))];

    public async Task<PlaybookDraft?> DraftAsync(string playbook, string by, CancellationToken cancel) =>
        (await DraftsAsync(playbook, cancel)).FirstOrDefault(one => one.By == by);

    public async Task<IReadOnlyList<PlaybookDraft>> DraftsAsync(string playbook, CancellationToken cancel) =>
        [.. (await door.ReadAsync(db => db.QueryAsync<DraftRecord>(Drafts, new { playbook }), cancel)).Select(one => new PlaybookDraft(one.Playbook, one.Writer, one.Text, one.Base, Values.Time(one.At)))];

    public Task KeepAsync(PlaybookDraft draft, CancellationToken cancel) => door.WriteAsync(
        null,
        db => db.ExecuteAsync(
            draft.Text.Length == 0
                ? """DELETE FROM playbook_drafts WHERE playbook = @Playbook AND "by" = @By"""
                : """
                  INSERT INTO playbook_drafts (playbook, "by", text, base, at) VALUES (@Playbook, @By, @Text, @Base, @at)
                  ON CONFLICT (playbook, "by") DO UPDATE SET text = excluded.text, base = excluded.base, at = excluded.at
                  """,
            new { draft.Playbook, draft.By, draft.Text, draft.Base, at = Values.Of(draft.At) }),
        cancel);
}
