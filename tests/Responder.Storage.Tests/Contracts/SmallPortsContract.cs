using System.Text.Json;
using Responder.Engine.Access;
using Responder.Engine.Audit;
using Responder.Engine.Alerts;
using Responder.Engine.Approvals;
using Responder.Engine.Journal;

namespace Responder.Storage.Tests;

/// <summary>Definitions, artifacts, events, API keys, settings.</summary>
public abstract class SmallPortsContract : StoreContract
{
    [Fact]
    public async Task A_definition_is_kept_by_its_hash_and_the_same_again_changes_nothing()
    {
        await Store.Definitions.PutAsync("sha256:1", "contain", "id: contain", Cancel);
        await Store.Definitions.PutAsync("sha256:1", "contain", "something else", Cancel);
        await Bench.ReopenAsync();

        Assert.Equal("id: contain", await Store.Definitions.GetAsync("sha256:1", Cancel));
        Assert.Null(await Store.Definitions.GetAsync("sha256:2", Cancel));
    }

    [Fact]
    public async Task An_artifact_is_its_runs_and_its_bytes_are_kept_as_they_are()
    {
        byte[] content = [0, 1, 2, 255, 0];
        await Store.Artifacts.PutAsync("sha256:1", "r1", "steps[3]", "memory.bin", "application/octet-stream", content, Cancel);
        await Store.Artifacts.PutAsync("sha256:1", "r1", "steps[4]", "again.bin", "application/octet-stream", content, Cancel);
        await Store.Artifacts.PutAsync("sha256:0", "r1", "steps[5]", "empty", "text/plain", ReadOnlyMemory<byte>.Empty, Cancel);
        await Bench.ReopenAsync();

        Assert.Equal(content, (await Store.Artifacts.GetAsync("r1", "sha256:1", Cancel))!.Value.ToArray());
        Assert.Equal(0, (await Store.Artifacts.GetAsync("r1", "sha256:0", Cancel))!.Value.Length);
        Assert.Null(await Store.Artifacts.GetAsync("r2", "sha256:1", Cancel));
        Assert.Equal(
            [new ArtifactRow("sha256:0", "r1", "steps[5]", "empty", "text/plain", 0, Now), new ArtifactRow("sha256:1", "r1", "steps[3]", "memory.bin", "application/octet-stream", 5, Now)],
            await Store.Artifacts.ListAsync("r1", Cancel));
        Assert.Empty(await Store.Artifacts.ListAsync("r2", Cancel));
    }

    [Fact]
    public async Task A_delegation_holds_until_its_end_and_can_be_ended_before()
    {
        var row = new DelegationRow("d1", "key:ann (1)", "key:ben (2)", ["analyst", "lead"], "on leave", Now, Now.AddHours(2));
        await Store.Delegations.PutAsync(row, Cancel);
        await Store.Delegations.PutAsync(row with { Id = "d2", Until = Now.AddHours(1) }, Cancel);
        var listed = await Store.Delegations.ListAsync(Now, Cancel);
        Assert.Equal(["d2", "d1"], listed.Select(one => one.Id));
        Assert.Equal((row.From, row.To, row.Reason, row.Until, "analyst lead"), (listed[1].From, listed[1].To, listed[1].Reason, listed[1].Until, string.Join(' ', listed[1].Roles)));

        Assert.Equal(["d1"], (await Store.Delegations.ListAsync(Now.AddHours(1), Cancel)).Select(one => one.Id));
        Assert.True(await Store.Delegations.EndAsync("d1", "user:lead", Now, Cancel));
        Assert.False(await Store.Delegations.EndAsync("d1", "user:lead", Now, Cancel));
        Assert.Equal(["d2"], (await Store.Delegations.ListAsync(Now, Cancel)).Select(one => one.Id));
    }

    [Fact]
    public async Task Events_are_read_oldest_first_from_a_time_on_and_one_id_is_one_event()
    {
        await PutAsync("e2", "patched", 2);
        await PutAsync("e1", "patched", 1);
        await PutAsync("e0", "patched", 0);
        await PutAsync("e1", "patched", 9);
        await PutAsync("e3", "other", 3);

        var events = await Store.Inbox.ReadAsync("patched", Make.T0.AddMinutes(1), Cancel);

        Assert.Equal(["e1", "e2"], events.Select(entry => entry.Id));
        Assert.Equal((1, Make.T0.AddMinutes(1), "patched"), (events[0].Payload.GetProperty("n").GetInt32(), events[0].At, events[0].Name));
    }

    private static AuditEntry Note(UserRow user) => new(AuditKinds.User, "user:admin", "changed", user.Name);

    [Fact]
    public async Task An_account_is_taken_once_and_changes_at_once_are_all_kept()
    {
        var user = new UserRow("mlee", ["analyst", "author"], "stamp", "admin", Make.T0) { InviteHash = "hash", InviteUntil = Make.T0.AddHours(1) };
        Assert.True(await Store.Users.AddAsync(user, Cancel));
        Assert.False(await Store.Users.AddAsync(user with { Stamp = "other" }, Cancel));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.Users.ChangeAsync("mlee", one => one with { Failures = one.Failures + 1 }, Note, Cancel)));
        await Store.Users.ChangeAsync("mlee", one => one with { PasswordHash = "p", InviteHash = null, InviteUntil = null, DisabledAt = Make.T0.AddDays(1), LockedUntil = Make.T0, LastSignInAt = Make.T0, CodeSecret = "c", CodeStep = 57_000_000_000 }, Note, Cancel);
        await Bench.ReopenAsync();

        var found = (await Store.Users.FindAsync("mlee", Cancel))!;
        Assert.Equal((8, "p", "stamp", (string?)null, (DateTimeOffset?)Make.T0.AddDays(1)), (found.Failures, found.PasswordHash, found.Stamp, found.InviteHash, found.DisabledAt));
        Assert.Equal(["analyst", "author"], found.Roles);
        Assert.Equal(("c", 57_000_000_000), (found.CodeSecret, found.CodeStep));
        Assert.Null(await Store.Users.InvitedAsync("hash", Cancel));
        Assert.Null(await Store.Users.FindAsync("nobody", Cancel));
        Assert.Null(await Store.Users.ChangeAsync("nobody", one => one, Note, Cancel));
        Assert.Equal("mlee", Assert.Single(await Store.Users.ListAsync(Cancel)).Name);
    }

    [Fact]
    public async Task A_key_is_found_by_its_hash_and_says_when_it_was_used_and_revoked()
    {
        var key = new ApiKeyRow("k1", "splunk", ["alerts:write", "runs:read"], "mlee", Make.T0);
        await Store.ApiKeys.AddAsync(key, ApiKeyHash.Of("rsp_secret"), Cancel);
        await Store.ApiKeys.AddAsync(key with { Id = "k2", CreatedAt = Make.T0.AddDays(1) }, ApiKeyHash.Of("rsp_other"), Cancel);

        var found = (await Store.ApiKeys.FindAsync(ApiKeyHash.Of("rsp_secret"), Cancel))!;
        Assert.Equal(("k1", "splunk", null, null), (found.Id, found.Name, found.LastUsedAt, found.RevokedAt));
        Assert.Equal(["alerts:write", "runs:read"], found.Scopes);
        Assert.Null(await Store.ApiKeys.FindAsync(ApiKeyHash.Of("rsp_guess"), Cancel));

        Store.ApiKeys.NoteUse("k1", Make.T0.AddMinutes(5));
        Store.ApiKeys.NoteUse("k1", Make.T0.AddMinutes(5).AddSeconds(59));

        // It is written some time soon.
        while ((await Store.ApiKeys.FindAsync(ApiKeyHash.Of("rsp_secret"), Cancel))!.LastUsedAt is null)
        {
            await Task.Yield();
        }

        Assert.True(await Store.ApiKeys.RevokeAsync("k1", "user:admin", Make.T0.AddMinutes(7), Cancel));
        Assert.False(await Store.ApiKeys.RevokeAsync("k1", "user:admin", Make.T0.AddMinutes(8), Cancel));

        found = (await Store.ApiKeys.FindAsync(ApiKeyHash.Of("rsp_secret"), Cancel))!;
        Assert.Equal((Make.T0.AddMinutes(5), Make.T0.AddMinutes(7)), (found.LastUsedAt, found.RevokedAt));
        Assert.Equal(["k2", "k1"], (await Store.ApiKeys.ListAsync(Cancel)).Select(row => row.Id));
    }

    [Fact]
    public async Task A_key_keeps_where_from_and_how_often_it_may_be_used_and_a_signature_is_good_once()
    {
        await Store.ApiKeys.AddAsync(new ApiKeyRow("k1", "siem", ["alerts:write"], "mlee", Make.T0) { AllowedFrom = ["10.0.0.0/8", "fd00::/8"], PerMinute = 60, Signs = true }, "h1", Cancel);
        await Bench.ReopenAsync();

        var key = (await Store.ApiKeys.ByIdAsync("k1", Cancel))!;
        Assert.Equal(["10.0.0.0/8", "fd00::/8"], key.AllowedFrom);
        Assert.Equal((60, true), (key.PerMinute, key.Signs));
        Assert.Null(await Store.ApiKeys.ByIdAsync("k2", Cancel));

        var used = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.ApiKeys.UseOnceAsync("s1", Now.AddMinutes(5), Cancel))));
        Assert.Single(used, first => first);
        await Bench.ReopenAsync();
        Assert.False(await Store.ApiKeys.UseOnceAsync("s1", Now.AddMinutes(5), Cancel));
        Bench.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.True(await Store.ApiKeys.UseOnceAsync("s1", Now.AddMinutes(5), Cancel));
    }

    [Fact]
    public async Task What_is_claimed_is_one_owners_until_its_time_is_over_and_he_may_go_on_with_it()
    {
        var (now, later) = (Make.T0, Make.T0.AddSeconds(70));
        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() => Store.Settings.ClaimAsync("feed", $"node-{index}", now, later, Cancel))));
        var owner = Assert.Single(first.Distinct());

        Assert.Equal(owner, await Store.Settings.ClaimAsync("feed", "another", now.AddSeconds(60), later.AddSeconds(60), Cancel));
        Assert.Equal(owner, await Store.Settings.ClaimAsync("feed", owner, now.AddSeconds(60), later.AddSeconds(60), Cancel));
        Assert.Equal(owner, await Store.Settings.ClaimAsync("feed", "another", now.AddSeconds(120), later.AddSeconds(120), Cancel));
        Assert.Equal("another", await Store.Settings.ClaimAsync("feed", "another", now.AddSeconds(131), later.AddSeconds(120), Cancel));
        Assert.Equal("another", await Store.Settings.ClaimAsync("feed", owner, now.AddSeconds(132), later.AddSeconds(130), Cancel));
        Assert.Equal("another", await Store.Settings.ClaimAsync("feed/2", "another", now, later, Cancel));
    }

    [Fact]
    public async Task A_setting_that_two_add_at_once_has_one_value_for_both()
    {
        var values = await Task.WhenAll(Enumerable.Range(0, 10).Select(index => Task.Run(() => Store.Settings.GetOrAddAsync("installation", $"id-{index}", Cancel))));

        Assert.Single(values.Distinct());
        Assert.Equal(values[0], await Store.Settings.GetAsync("installation", Cancel));
        await Store.Settings.SetAsync("installation", "id-x", Cancel);
        Assert.Equal("id-x", await Store.Settings.GetAsync("installation", Cancel));
        await Store.Settings.SetAsync("installation", null, Cancel);
        Assert.Null(await Store.Settings.GetAsync("installation", Cancel));
    }

    [Fact]
    public async Task A_window_is_kept_by_its_key_and_goes_when_it_is_empty()
    {
        var state = new WindowState { Key = "c|h|f", Count = "c", Host = "h", Folder = "f", Newest = Make.T0, AlertFrom = Make.T0, Told = 2, Events = [new WindowEvent("#1", Make.T0, ".docx", "cmd.exe", 7, "alex")] };
        var other = state with { Key = "c|h|g", Folder = "g" };
        await Store.Windows.SaveAsync([state, other], Cancel);
        await Store.Windows.SaveAsync([state with { Told = 3 }, other with { Events = [] }], Cancel);
        await Bench.ReopenAsync();

        var kept = Assert.Single(await Store.Windows.LoadAsync(Cancel));
        Assert.Equal(("c|h|f", 3, Make.T0, (DateTimeOffset?)Make.T0), (kept.Key, kept.Told, kept.Newest, kept.AlertFrom));
        Assert.Equal(state.Events, kept.Events);
    }

    private Task<IReadOnlyList<string>> PutAsync(string id, string name, int minute) =>
        Store.Inbox.PutAsync(new InboxEvent(id, name, Make.T0.AddMinutes(minute), JsonSerializer.SerializeToElement(new { n = minute })), Cancel);

    [Fact]
    public async Task A_draft_is_its_writers_and_what_was_published_keeps_who_when_why_and_the_second_person()
    {
        var texts = Store.PlaybookTexts;
        var draft = new PlaybookDraft("contain", "user:aut", "id: contain", "sha256:1", Make.T0);
        await texts.KeepAsync(draft, Cancel);
        await texts.KeepAsync(draft with { By = "user:bea", Text = "id: other" }, Cancel);
        await texts.KeepAsync(draft with { Playbook = "another", Base = string.Empty }, Cancel);
        await texts.KeepAsync(draft with { Text = "id: better", Proposed = "it is better" }, Cancel);
        await texts.PublishedAsync("contain", "sha256:1", "first", "user:aut", "a beginning", null, Cancel);
        await texts.PublishedAsync("contain", "sha256:2", "second", "user:aut", "more", "user:bea", Cancel);
        await Bench.ReopenAsync();

        texts = Store.PlaybookTexts;
        Assert.Equal([("user:aut", "id: better", "it is better"), ("user:bea", "id: other", null)], (await texts.DraftsAsync("contain", Cancel)).OrderBy(one => one.By, StringComparer.Ordinal).Select(one => (one.By, one.Text, one.Proposed)));
        Assert.Equal(3, (await texts.DraftsAsync(null, Cancel)).Count);
        Assert.Equal([(2, "second", "more", "user:bea"), (1, "first", "a beginning", null)], (await texts.VersionsAsync("contain", Cancel)).Select(one => (one.Number, one.Text, one.Comment, one.ApprovedBy)));
        await texts.KeepAsync(draft with { Text = string.Empty }, Cancel);
        Assert.Equal("user:bea", Assert.Single(await texts.DraftsAsync("contain", Cancel)).By);
    }
}
