using Microsoft.AspNetCore.Http;
using Responder.Sdk.Emulation;
using Responder.Sdk.Rest;

namespace Responder.Sdk.Tests.Rest;

/// <summary>Tries, the last gate, limits of size, number and time, the breaker, and what a failure is called.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task A_read_is_tried_again_and_a_call_that_acts_is_not()
    {
        await using var server = await StubApi.StartAsync();
        using var client = new StubClient(server.Url);
        server.Faults.Add(new WireFault { Status = 503, Times = 2 });
        Assert.True((await client.ReadAsync()).Ok);
        Assert.Equal(3, server.Calls.All.Count);

        server.Faults.Add(new WireFault { Status = 503, Times = 1 });
        await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown, "503");
        Assert.Equal(4, server.Calls.All.Count);
    }

    [Theory]
    [InlineData(400, FailureKind.Invalid)]
    [InlineData(401, FailureKind.Unauthorized)]
    [InlineData(403, FailureKind.Forbidden)]
    [InlineData(404, FailureKind.NotFound)]
    [InlineData(409, FailureKind.Conflict)]
    [InlineData(429, FailureKind.RateLimited)]
    [InlineData(408, FailureKind.Unknown)]
    [InlineData(500, FailureKind.Unknown)]
    public async Task What_a_call_that_acts_is_answered_says_whether_it_was_done(int status, FailureKind kind)
    {
        await using var server = await StubApi.StartAsync();
        using var client = new StubClient(server.Url);
        server.Faults.Add(new WireFault { Status = status });
        await StubClient.FailsAsync(client.ActAsync(), kind);
        Assert.Single(server.Calls.All);
    }

    [Theory]
    [InlineData(WireFaultKind.Drop)]
    [InlineData(WireFaultKind.DropAfterDoing)]
    [InlineData(WireFaultKind.Hang)]
    [InlineData(WireFaultKind.HangAfterDoing)]
    public async Task An_answer_that_never_comes_leaves_it_unknown(WireFaultKind loss)
    {
        await using var server = await StubApi.StartAsync();
        using var client = new StubClient(server.Url, settings => settings with { Timeout = TimeSpan.FromMilliseconds(500) });
        server.Faults.Add(new WireFault { Do = loss, Times = 1 });
        await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown, "no_answer");
        Assert.Single(server.Calls.All);
    }

    [Fact]
    public async Task What_was_never_sent_was_not_done()
    {
        var server = await StubApi.StartAsync();
        await server.DisposeAsync();
        using var client = new StubClient(server.Url);
        await StubClient.FailsAsync(client.ActAsync(), FailureKind.Transient, "not_sent");
    }

    [Fact]
    public async Task The_last_gate_stands_before_the_socket()
    {
        await using var server = await StubApi.StartAsync();
        using var client = new StubClient(server.Url);
        await StubClient.FailsAsync(client.ActAsync(mayAct: false), FailureKind.Transient, "stopped_at_gate");
        Assert.Empty(server.Calls.All);
    }

    [Fact]
    public async Task A_product_that_is_down_is_left_alone_for_a_while()
    {
        await using var server = await StubApi.StartAsync();
        using var client = new StubClient(server.Url);
        server.Faults.Add(new WireFault { Status = 500, Times = 12 });
        for (var call = 0; call < 12; call++)
        {
            await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown);
        }

        var open = await StubClient.FailsAsync(client.ActAsync(), FailureKind.Transient, "circuit_open");
        Assert.InRange(open.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.Equal(12, server.Calls.All.Count);
        Assert.NotNull(open.CircuitSince);

        StubClient.Clock.Advance(TimeSpan.FromSeconds(16));
        Assert.True((await client.ActAsync()).Ok);
    }

    [Fact]
    public async Task A_read_leaves_the_wait_for_a_product_that_is_down_to_the_engine_and_so_says_the_call_that_tried_it_in_vain()
    {
        await using var server = await StubApi.StartAsync();
        using var client = new StubClient(server.Url);
        server.Faults.Add(new WireFault { Status = 500, Times = 13 });
        for (var call = 0; call < 12; call++)
        {
            await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown);
        }

        var began = (await StubClient.FailsAsync(client.ReadAsync(), FailureKind.Transient, "circuit_open")).CircuitSince;
        StubClient.Clock.Advance(TimeSpan.FromSeconds(16));
        var tried = await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown);
        Assert.Equal((began, 13), (tried.CircuitSince, server.Calls.All.Count));
        Assert.InRange(tried.RetryAfter!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));

        StubClient.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.True((await client.ActAsync()).Ok);
        server.Faults.Add(new WireFault { Status = 500, Times = 1 });
        Assert.Null((await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown)).CircuitSince);
    }

    [Fact]
    public async Task No_more_calls_are_on_the_wire_than_are_allowed()
    {
        var (inside, most, both) = (0, 0, new TaskCompletionSource());
        await using var server = await StubApi.StartAsync(async http =>
        {
            var now = Interlocked.Increment(ref inside);
            most = Math.Max(most, now);
            if (now == 2)
            {
                both.TrySetResult();
            }

            await both.Task;
            Interlocked.Decrement(ref inside);
            await http.Response.WriteAsync("{}");
        });
        using var client = new StubClient(server.Url, settings => settings with { Concurrency = 2 });
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.ReadAsync()));
        Assert.Equal((2, 12), (most, server.Calls.All.Count));
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_taken()
    {
        await using var server = await StubApi.StartAsync(http => http.Response.WriteAsync(new string('x', 20_000)));
        using var client = new StubClient(server.Url, settings => settings with { BodyLimit = 10_000 });
        await StubClient.FailsAsync(client.ReadAsync(), FailureKind.Invalid, "too_large");
        await StubClient.FailsAsync(client.ActAsync(), FailureKind.Unknown, "too_large");
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_no_answer()
    {
        await using var server = await StubApi.StartAsync(http => http.Response.WriteAsync("<html>Please sign in</html>"));
        using var client = new StubClient(server.Url);
        var answer = await client.ReadAsync();
        Assert.Equal(FailureKind.Transient, Assert.Throws<ActionFailure>(() => answer.Json).Kind);
        Assert.Equal(FailureKind.Unknown, Assert.Throws<ActionFailure>(() => client.ActAsync().Result.Json).Kind);
    }

    [Fact]
    public async Task A_credential_that_a_product_repeats_is_not_repeated_by_us()
    {
        await using var server = await StubApi.StartAsync(http =>
        {
            http.Response.StatusCode = 400;
            return http.Response.WriteAsync($$"""{"message":"bad header {{http.Request.Headers.Authorization}}\u0007"}""");
        });
        using var client = new StubClient(server.Url, settings => settings with { Auth = FixedAuth.Bearer(new Secret("canary-token-1")) });
        var failure = await StubClient.FailsAsync(client.ActAsync("/x?token=in-the-query"), FailureKind.Invalid);
        Assert.Contains("bad header Bearer ***", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("in-the-query", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, letter => char.IsControl(letter));
    }
}
