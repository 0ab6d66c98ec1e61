using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine;
using Responder.Sdk;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>The page where a person answers a question.</summary>
public sealed class AnswerPageTests
{
    private const string Asks = """
        id: asks
        name: Ask somebody
        on: { manual: true }
        inputs:
          what: { type: string, default: whoami }
        outputs: { said: "${{ steps.interview.answer }}", comment: "${{ steps.interview.comment ?? null }}", unverified: "${{ steps.interview.unverified }}" }
        steps:
          - id: interview
            uses: chat.ask
            with: { to: pnovak@company.com, title: Was this you?, question: "Did you run **this**: ${{ inputs.what }}", choices: ["yes", "no"] }
            timeout: 1h
            on_timeout: { answer: no_reply }
        """;

    [Fact]
    public async Task A_look_at_the_page_answers_nothing_and_a_post_answers_once()
    {
        await using var bench = await WebBench.StartAsync([Asks]);
        var (run, link) = await AskedAsync(bench);
        using var anybody = bench.Client(null);
        for (var look = 0; look < 3; look++)
        {
            var page = await anybody.GetAsync(link, WebBench.Cancel);
            var html = await page.Content.ReadAsStringAsync(WebBench.Cancel);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("Was this you?", html, StringComparison.Ordinal);
            Assert.Contains("<strong>this</strong>: whoami", html, StringComparison.Ordinal);
            Assert.Contains("value=\"no\"", html, StringComparison.Ordinal);
        }

        Assert.Equal(RunStatus.Waiting, await bench.UntilAsync(run, RunStatus.Waiting));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(anybody, link, ("choice", "perhaps"))).StatusCode);
        Assert.Equal(RunStatus.Waiting, await bench.UntilAsync(run, RunStatus.Waiting));

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(anybody, link, ("choice", "no"), ("comment", "I was\r\nat lunch\u0007"))).StatusCode);
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        var outputs = (await bench.GetAsync($"/api/runs/{run}")).GetProperty("outputs");
        Assert.Equal(("no", "I was\nat lunch", true), (outputs.GetProperty("said").GetString(), outputs.GetProperty("comment").GetString(), outputs.GetProperty("unverified").GetBoolean()));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(anybody, link, ("choice", "yes"))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await anybody.GetAsync(link, WebBench.Cancel)).StatusCode);
    }

    [Fact]
    public async Task Of_many_answers_at_once_exactly_one_counts()
    {
        await using var bench = await WebBench.StartAsync([Asks]);
        var (run, link) = await AskedAsync(bench);
        using var anybody = bench.Client(null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
            (number, (await PostAsync(anybody, link, ("choice", number % 2 == 0 ? "yes" : "no"), ("comment", $"answer {number}"))).StatusCode)));
        var taken = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK).number;
        Assert.All(answers.Where(answer => answer.number != taken), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(RunStatus.Succeeded, await bench.UntilAsync(run, RunStatus.Succeeded));
        Assert.Equal($"answer {taken}", (await bench.GetAsync($"/api/runs/{run}")).GetProperty("outputs").GetProperty("comment").GetString());
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_opens_nothing()
    {
        await using var bench = await WebBench.StartAsync([Asks]);
        var (_, link) = await AskedAsync(bench);
        using var anybody = bench.Client(null);
        var token = link.AbsolutePath["/answer/".Length..];
        string[] wrong = [token[..^1], (token[0] == 'A' ? 'B' : 'A') + token[1..], "x", new string('A', 400), token + "AAAA", "..%2f" + token];
        foreach (var one in wrong)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(new Uri(bench.Address, "/answer/" + one), WebBench.Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(anybody, new Uri(bench.Address, "/answer/" + one), ("choice", "no"))).StatusCode);
        }
    }

    [Fact]
    public async Task What_an_alert_says_is_shown_as_text_and_the_page_may_load_nothing()
    {
        await using var bench = await WebBench.StartAsync([Asks]);
        var (_, link) = await AskedAsync(bench, "<script>alert(1)</script> [x](javascript:alert(1)) ![p](https://evil.example/p.png)");
        using var anybody = bench.Client(null);
        var page = await anybody.GetAsync(link, WebBench.Cancel);
        var html = await page.Content.ReadAsStringAsync(WebBench.Cancel);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<a ", html, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task The_link_outlives_a_restart_is_in_no_log_and_closes_with_the_run()
    {
        await using var bench = await WebBench.StartAsync([Asks]);
        var (run, link) = await AskedAsync(bench);
        await bench.RestartAsync();
        using var anybody = bench.Client(null);
        var again = new Uri(bench.Address, link.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(again, WebBench.Cancel)).StatusCode);
        Assert.Equal(again.AbsolutePath, (await LinkAsync(bench, run)).AbsolutePath);
        Assert.DoesNotContain(bench.Logs, line => line.Contains(link.AbsolutePath["/answer/".Length..], StringComparison.Ordinal));
        await WebBench.Read(await bench.PostAsync($"/api/runs/{run}/cancel", new { reason = "test" }), 200);
        Assert.Equal(RunStatus.Cancelled, await bench.UntilAsync(run, RunStatus.Cancelled));
        Assert.Equal(HttpStatusCode.Gone, (await PostAsync(anybody, again, ("choice", "no"))).StatusCode);
    }

    private static async Task<(string Run, Uri Link)> AskedAsync(WebBench bench, string what = "whoami")
    {
        var started = await WebBench.Read(await bench.PostAsync("/api/runs", new { playbook = "asks", inputs = new { what } }), 201);
        var run = started.GetProperty("run_id").GetString()!;
        Assert.Equal(RunStatus.Waiting, await bench.UntilAsync(run, RunStatus.Waiting));
        return (run, await LinkAsync(bench, run));
    }

    private static Task<Uri> LinkAsync(WebBench bench, string run) => bench.Node.Connections.Answers.LinkForAsync(new Asking(run, "steps[0]"));

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Uri link, params (string Name, string Value)[] fields) =>
        client.PostAsync(link, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), WebBench.Cancel);

    /// <summary>The context of the step that asks, as its handler would have it.</summary>
    private sealed class Asking(string run, string path) : ActionContext
    {
        public override string RunId => run;

        public override string StepPath => path;

        public override string IdempotencyKey => throw new InvalidOperationException("A link does not need it.");

        public override int Attempt => 1;

        public override Uri? RunUrl => null;

        public override ILogger Log => NullLogger.Instance;

        public override TimeProvider Time => TimeProvider.System;

        public override CancellationToken Cancel => WebBench.Cancel;

        public override void Report(long done, long total, string unit)
        {
        }

        public override ValueTask ConfirmMayActAsync() => ValueTask.CompletedTask;

        public override Task<ArtifactRef> KeepAsync(string name, string mediaType, ReadOnlyMemory<byte> content) => throw new InvalidOperationException("A link keeps nothing.");

        public override Task<ReadOnlyMemory<byte>> OpenAsync(ArtifactRef artifact) => throw new InvalidOperationException("A link opens nothing.");
    }
}
