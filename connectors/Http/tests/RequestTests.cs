using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Http.Calls;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Http;

namespace Responder.Connectors.Http.Tests;

/// <summary>What a call may and may not do, over a real socket.</summary>
public sealed class RequestTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_credential_goes_out_and_comes_back_in_nothing()
    {
        using var api = new TestApi(call => new TestAnswer(200, $$"""{"echo":"{{call.Headers["x-api-key"]}}"}""", new Dictionary<string, string> { ["x-seen"] = call.Headers["x-api-key"], ["Set-Cookie"] = "session=1" }));
        await using var http = HttpWorlds.Connect(api, _folder, _time, ("HeaderName", "X-Api-Key"), ("HeaderValue", "canary-5d1f"));
        var answer = await http.ReadAsync(new HttpRequest(Template.Text("/x"), Headers: new Dictionary<string, string> { ["x-api-key"] = "mine" }));
        Assert.Equal("canary-5d1f", Assert.Single(api.Calls).Headers["x-api-key"]);
        Assert.DoesNotContain("canary", JsonSerializer.Serialize(answer, Json.Options), StringComparison.Ordinal);
        Assert.DoesNotContain("set-cookie", answer.Headers.Keys);
    }

    [Fact]
    public async Task Basic_and_bearer_are_sent_and_a_refusal_names_no_secret()
    {
        using var api = new TestApi(call => new TestAnswer(401, $"not {call.Headers["authorization"]}"));
        await using var basic = HttpWorlds.Connect(api, _folder, _time, ("User", "u"), ("Password", "canary-pass"));
        Assert.DoesNotContain("canary", (await basic.FailsAsync(new HttpRequest(Template.Text("/x")), FailureKind.Unauthorized)).ToString(), StringComparison.Ordinal);
        await using var bearer = HttpWorlds.Connect(api, _folder, _time, ("Bearer", "canary-token"));
        var failure = await bearer.FailsAsync(new HttpRequest(Template.Text("/x")), FailureKind.Unauthorized);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(["Basic dTpjYW5hcnktcGFzcw==", "Bearer canary-token"], api.Calls.Select(call => call.Headers["authorization"]));
        var health = await bearer.Services.GetRequiredService<IConnectionCheck>().CheckAsync(CancellationToken.None);
        Assert.False(health.Ok);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_that_names_its_target_and_is_not_followed()
    {
        using var api = new TestApi(_ => new TestAnswer(302, null, new Dictionary<string, string> { ["Location"] = "http://evil.example/collect" }));
        await using var http = HttpWorlds.Connect(api, _folder, _time);
        Assert.Contains("evil.example", (await http.FailsAsync(new HttpRequest(Template.Text("/x")), FailureKind.Invalid)).Message, StringComparison.Ordinal);
        Assert.Single(api.Calls);
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("/../admin")]
    [InlineData("/%2e%2e/admin")]
    [InlineData("/a/../../admin")]
    [InlineData("x")]
    [InlineData("@evil.example/")]
    [InlineData("/a\\b")]
    [InlineData("/a b")]
    [InlineData("/a#b")]
    [InlineData("/a\r\nHost: evil.example")]
    [InlineData("http://evil.example/")]
    public async Task A_path_stays_below_the_base_address(string path)
    {
        using var api = new TestApi(_ => new TestAnswer(200));
        await using var http = HttpWorlds.Connect(api, _folder, _time, ("BaseAddress", $"http://127.0.0.1:{api.Port}/v1"));
        await http.FailsAsync(new HttpRequest(Template.Text(path)), FailureKind.Invalid);
        Assert.Empty(api.Calls);
        await http.DoAsync(new HttpRequest(Template.Text("/a?b=c")));
        Assert.Equal("/v1/a?b=c", Assert.Single(api.Calls).Target);
    }

    [Fact]
    public async Task A_private_address_is_refused_when_it_connects_whatever_the_name_said_before()
    {
        using var api = new TestApi(_ => new TestAnswer(200));
        var settings = new HttpSettings(new Uri($"http://localhost:{api.Port}"), null, [], "/", TimeSpan.FromSeconds(5), 1000, 1000);
        IPAddress[] answers = [IPAddress.Parse("::ffff:127.0.0.1")];
        using var client = new ApiClient(settings, _time, (_, _) => Task.FromResult(answers));
        using var first = new HttpRequestMessage(HttpMethod.Get, client.AddressOf("/x"));
        var refused = await Assert.ThrowsAsync<ActionFailure>(() => client.SendAsync(first, () => ValueTask.CompletedTask, TestContext.Current.CancellationToken));
        Assert.Equal(FailureKind.Invalid, refused.Kind);
        Assert.Contains("no public address", refused.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task Bodies_have_their_limits_and_what_acted_has_acted_all_the_same()
    {
        using var api = new TestApi(_ => new TestAnswer(200, new string('x', 3000)));
        await using var http = HttpWorlds.Connect(api, _folder, _time, ("MaxAnswerBytes", "2000"), ("MaxRequestBytes", "100"));
        await http.FailsAsync(new HttpRequest(Template.Text("/x")), FailureKind.Invalid);
        await http.FailsAsync(new HttpRequest(Template.Text("/x"), "POST", Body: JsonSerializer.SerializeToElement(new string('y', 200))), FailureKind.Invalid);
        Assert.Single(api.Calls);
        var acted = await http.ReadAsync(new HttpRequest(Template.Text("/x"), "POST"));
        Assert.Equal((200, true, true), (acted.Status, acted.Body is null, acted.Headers.ContainsKey("x-responder-body")));
    }

    [Fact]
    public async Task A_lost_answer_is_unknown_a_refused_connection_certainly_not_done()
    {
        var api = new TestApi(_ => new TestAnswer(0, Drop: true));
        await using var http = HttpWorlds.Connect(api, _folder, _time);
        await http.FailsAsync(new HttpRequest(Template.Text("/x"), "POST"), FailureKind.Unknown);
        Assert.Single(api.Calls);
        api.Dispose();
        await http.FailsAsync(new HttpRequest(Template.Text("/x"), "POST"), FailureKind.Transient);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_has_an_unknown_end()
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new ManualResetEventSlim();
        using var api = new TestApi(_ =>
        {
            came.SetResult();
            stop.Wait(TimeSpan.FromSeconds(30));
            return new TestAnswer(200);
        });
        await using var http = HttpWorlds.Connect(api, _folder, _time, ("Timeout", "20"));
        var call = http.FailsAsync(new HttpRequest(Template.Text("/x"), "POST"), FailureKind.Unknown);
        await came.Task;
        _time.Advance(TimeSpan.FromSeconds(21));
        Assert.Contains("20 s", (await call).Message, StringComparison.Ordinal);
        stop.Set();
    }

    [Fact]
    public async Task A_rate_limit_says_when_to_come_again()
    {
        using var api = new TestApi(_ => new TestAnswer(429, null, new Dictionary<string, string> { ["Retry-After"] = "17" }));
        await using var http = HttpWorlds.Connect(api, _folder, _time);
        Assert.Equal(TimeSpan.FromSeconds(17), (await http.FailsAsync(new HttpRequest(Template.Text("/x"), "POST"), FailureKind.RateLimited)).RetryAfter);
    }

    [Fact]
    public async Task An_API_that_is_down_is_left_alone_and_the_failures_say_since_when()
    {
        var status = 503;
        using var api = new TestApi(_ => new TestAnswer(status));
        await using var http = HttpWorlds.Connect(api, _folder, _time);
        var call = new HttpRequest(Template.Text("/x"), "POST");
        for (var made = 1; made <= 12; made++)
        {
            Assert.Equal(made == 12, (await http.FailsAsync(call, FailureKind.Unknown)).CircuitSince is not null);
        }

        var open = await http.FailsAsync(call, FailureKind.Transient);
        Assert.Equal(("circuit_open", _time.GetUtcNow(), 12), (open.Code, open.CircuitSince!.Value, api.Calls.Count));

        _time.Advance(TimeSpan.FromSeconds(16));
        status = 200;
        await http.DoAsync(call);
        status = 503;
        Assert.Null((await http.FailsAsync(call, FailureKind.Unknown)).CircuitSince);
    }

    [Fact]
    public async Task Nothing_goes_out_when_the_last_gate_says_no_or_a_header_is_none()
    {
        using var api = new TestApi(_ => new TestAnswer(200));
        await using var http = HttpWorlds.Connect(api, _folder, _time);
        await Assert.ThrowsAsync<ActionFailure>(() => http.DoAsync(new HttpRequest(Template.Text("/x"), "DELETE"), http.Step(mayAct: false)));
        foreach (var (name, value) in new[] { ("X-A", "b\r\nHost: evil.example"), ("bad name", "x"), ("X-HTTP-Method-Override", "DELETE") })
        {
            await http.FailsAsync(new HttpRequest(Template.Text("/x"), Headers: new Dictionary<string, string> { [name] = value }), FailureKind.Invalid);
        }

        Assert.Empty(api.Calls);
    }
}
