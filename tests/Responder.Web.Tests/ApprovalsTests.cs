using Responder.Engine;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Gates over the wire.</summary>
public sealed class ApprovalsTests
{
    [Fact]
    public async Task An_answer_with_the_hash_of_what_was_shown_lets_the_run_act()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var runId = await StartAsync(bench);
        var asked = await bench.ApprovalAsync(runId);
        Assert.Equal("edr.isolate_host", asked.GetProperty("gate").GetProperty("action").GetString());

        var decided = await WebBench.Read(await AnswerAsync(bench, asked, "approve"), 200);

        Assert.Equal("approve", decided.GetProperty("choice").GetString());
        Assert.StartsWith("key:first", decided.GetProperty("by").GetString(), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(runId, RunStatus.Succeeded));
        var run = await bench.GetAsync($"/api/runs/{runId}");
        Assert.Equal("contained", run.GetProperty("outcome").GetString());
        Assert.Equal(1, run.GetProperty("mock_effects").GetProperty("edr.isolate_host").GetInt32());
        Assert.Equal(("approve", "api"), (run.GetProperty("approvals")[0].GetProperty("choice").GetString(), run.GetProperty("approvals")[0].GetProperty("via").GetString()));
    }

    [Fact]
    public async Task A_rejection_ends_the_run_and_nothing_is_done()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var runId = await StartAsync(bench);

        await WebBench.Read(await AnswerAsync(bench, await bench.ApprovalAsync(runId), "reject"), 200);

        Assert.Equal(RunStatus.Rejected, await bench.UntilAsync(runId, RunStatus.Rejected));
        Assert.Equal("{}", (await bench.GetAsync($"/api/runs/{runId}")).GetProperty("mock_effects").GetRawText());
    }

    [Fact]
    public async Task An_answer_to_something_else_is_a_conflict_and_one_without_a_hash_does_not_fit()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var runId = await StartAsync(bench);
        var asked = await bench.ApprovalAsync(runId);
        var path = $"/api/approvals/{asked.GetProperty("id").GetString()}";

        await WebBench.Read(await bench.PostAsync(path, new { choice = "approve", hash = "sha256:0" }), 409);
        await WebBench.Read(await bench.PostAsync(path, new { choice = "approve" }), 422);
        await WebBench.Read(await bench.PostAsync(path, new { }), 400);
        await WebBench.Read(await AnswerAsync(bench, asked, "perhaps"), 422);
        await WebBench.Read(await bench.PostAsync(path, new { choice = "approve", hash = Hash(asked), fields = new { nothing = 1 } }), 422);
        await WebBench.Read(await bench.PostAsync("/api/approvals/nothing", new { choice = "approve", hash = "x" }), 404);
        Assert.Equal("pending", (await bench.GetAsync(path)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Of_two_who_answer_at_once_one_wins_and_the_other_is_told()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var runId = await StartAsync(bench);
        var asked = await bench.ApprovalAsync(runId);
        using var one = await bench.ClientOf("approvals:answer", "role:analyst");
        using var other = await bench.ClientOf("approvals:answer", "role:analyst");

        var answers = await Task.WhenAll(AnswerAsync(bench, asked, "approve", one), AnswerAsync(bench, asked, "reject", other));

        Assert.Equal([200, 409], answers.Select(answer => (int)answer.StatusCode).Order());
        await bench.UntilAsync(runId, RunStatus.Succeeded, RunStatus.Rejected);
        await WebBench.Read(await AnswerAsync(bench, asked, "approve"), 409);
    }

    [Fact]
    public async Task Who_has_not_the_role_is_refused()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate.Replace("roles: [analyst]", "roles: [lead]", StringComparison.Ordinal)]);
        var asked = await bench.ApprovalAsync(await StartAsync(bench));
        using var analyst = await bench.ClientOf("approvals:answer", "role:analyst");
        using var roleless = await bench.ClientOf("approvals:answer");
        using var lead = await bench.ClientOf("role:lead");

        await WebBench.Read(await AnswerAsync(bench, asked, "approve", analyst), 403);
        await WebBench.Read(await AnswerAsync(bench, asked, "approve", roleless), 403);
        await WebBench.Read(await AnswerAsync(bench, asked, "approve", lead), 200);
    }

    [Fact]
    public async Task Who_started_a_run_by_hand_does_not_approve_it()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var started = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "isolate", inputs = new { hostname = "ENG-WS-045" } }), 201);
        var asked = await bench.ApprovalAsync(started.GetProperty("run_id").GetString()!);
        using var other = await bench.ClientOf("role:analyst");

        await WebBench.Read(await AnswerAsync(bench, asked, "approve"), 403);
        await WebBench.Read(await AnswerAsync(bench, asked, "approve", other), 200);
    }

    [Fact]
    public async Task Who_was_given_a_role_answers_on_behalf_of_who_gave_it_until_its_end_and_the_two_count_as_one()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate.Replace("roles: [analyst]", "roles: [lead], count: 2", StringComparison.Ordinal)]);
        var asked = await bench.ApprovalAsync(await StartAsync(bench));
        var (leadKey, analystKey) = (await bench.MakeKeyAsync("role:lead"), await bench.MakeKeyAsync("role:analyst"));
        using var lead = bench.Client(leadKey.GetProperty("key").GetString());
        using var analyst = bench.Client(analystKey.GetProperty("key").GetString());
        using var second = await bench.ClientOf("role:lead");
        var to = $"key:{analystKey.GetProperty("name").GetString()} ({analystKey.GetProperty("id").GetString()})";
        await WebBench.Read(await bench.PostAsync("/api/delegations", new { to = "key:another (1)", roles = new[] { "lead" }, until = DateTimeOffset.UtcNow.AddHours(1) }, analyst), 403);
        await WebBench.Read(await bench.PostAsync("/api/delegations", new { to, roles = new[] { "lead" }, until = DateTimeOffset.UtcNow.AddDays(90) }, lead), 422);
        await WebBench.Read(await AnswerAsync(bench, asked, "approve", analyst), 403);

        var given = await WebBench.Read(await bench.PostAsync("/api/delegations", new { to, roles = new[] { "lead" }, until = DateTimeOffset.UtcNow.AddHours(1), reason = "on leave" }, lead), 201);
        await WebBench.Read(await AnswerAsync(bench, asked, "approve", analyst), 200);

        var told = await WebBench.Read(await AnswerAsync(bench, asked, "approve", lead), 409);
        Assert.Contains("count as one", told.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(204, (int)(await lead.DeleteAsync(new Uri($"/api/delegations/{given.GetProperty("id").GetString()}", UriKind.Relative), WebBench.Cancel)).StatusCode);
        Assert.Empty((await bench.GetAsync("/api/delegations")).GetProperty("items").EnumerateArray());
        await WebBench.Read(await AnswerAsync(bench, asked, "approve", second), 200);
        var run = asked.GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        Assert.Contains("\"for\":\"key:", (await bench.GetAsync($"/api/runs/{run}/events")).GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static async Task<string> StartAsync(WebBench bench) =>
        (await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged()), 202)).GetProperty("results")[0].GetProperty("runs")[0].GetProperty("run_id").GetString()!;

    private static Task<HttpResponseMessage> AnswerAsync(WebBench bench, System.Text.Json.JsonElement asked, string choice, HttpClient? client = null) =>
        bench.PostAsync($"/api/approvals/{asked.GetProperty("id").GetString()}", new { choice, hash = Hash(asked), comment = "seen" }, client);

    private static string Hash(System.Text.Json.JsonElement asked) => asked.GetProperty("gate").GetProperty("hash").GetString()!;
}
