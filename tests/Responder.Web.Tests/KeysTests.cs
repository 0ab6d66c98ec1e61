using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Responder.Sdk;
using Responder.Web.Access;
using Responder.Web.Tests.Bench;

namespace Responder.Web.Tests;

/// <summary>Where from, how often and how keys may be used.</summary>
public sealed class KeysTests
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(Alerts.Staged(), Json.Options);

    [Fact]
    public async Task A_signed_delivery_is_taken_once_and_not_after_five_minutes()
    {
        await using var bench = await WebBench.StartAsync([Samples.Isolate]);
        var key = await MakeAsync(bench, new { name = "siem", scopes = new[] { "alerts:write:generic" }, signs = true });
        var (id, text) = (key.GetProperty("id").GetString()!, key.GetProperty("key").GetString()!);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

        await Read(await SendAsync(bench, id, text, now), 202);
        Assert.Contains("used before", await Detail(await SendAsync(bench, id, text, now)), StringComparison.Ordinal);
        Assert.Contains("five minutes", await Detail(await SendAsync(bench, id, text, now - 301)), StringComparison.Ordinal);
        Assert.Contains("not that of this request", await Detail(await SendAsync(bench, id, text, now + 1, changed: true)), StringComparison.Ordinal);
        Assert.Contains("unknown", await Detail(await SendAsync(bench, "nobody", text, now + 2)), StringComparison.Ordinal);
        using var bearer = bench.Client(text);
        await WebBench.Read(await bench.PostAsync("/api/alerts/generic", Alerts.Staged(), bearer), 401);

        await bench.RestartAsync();
        Assert.Contains("used before", await Detail(await SendAsync(bench, id, text, now)), StringComparison.Ordinal);
        await Read(await SendAsync(bench, id, text, now + 3), 202);
        Assert.DoesNotContain(bench.Logs, line => line.Contains(text, StringComparison.Ordinal));
        var listed = (await bench.GetAsync("/api/keys")).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("last_used_at").ValueKind);
    }

    [Fact]
    public async Task A_signature_may_do_what_its_key_may_and_no_more()
    {
        await using var bench = await WebBench.StartAsync([]);
        var key = await MakeAsync(bench, new { name = "siem", scopes = new[] { "runs:read" }, signs = true });

        await Read(await SendAsync(bench, key.GetProperty("id").GetString()!, key.GetProperty("key").GetString()!, DateTimeOffset.UtcNow.ToUnixTimeSeconds()), 403);
    }

    [Fact]
    public async Task A_key_is_good_from_its_networks_only()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var here = bench.Client((await MakeAsync(bench, new { name = "here", scopes = new[] { "runs:read" }, allowed_from = new[] { "10.0.0.0/8", "127.0.0.0/8" } })).GetProperty("key").GetString());
        using var there = bench.Client((await MakeAsync(bench, new { name = "there", scopes = new[] { "runs:read" }, allowed_from = new[] { "10.0.0.0/8" } })).GetProperty("key").GetString());

        await bench.GetAsync("/api/runs", client: here);
        Assert.Contains("127.0.0.1", (await bench.GetAsync("/api/runs", 401, there)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
        await WebBench.Read(await bench.PostAsync("/api/keys", new { name = "x", scopes = new[] { "runs:read" }, allowed_from = new[] { "10.0.0.0/40" } }), 422);
    }

    [Fact]
    public async Task A_key_that_is_used_too_often_is_told_when_to_come_back()
    {
        await using var bench = await WebBench.StartAsync([]);
        using var client = bench.Client((await MakeAsync(bench, new { name = "slow", scopes = new[] { "runs:read" }, per_minute = 2 })).GetProperty("key").GetString());

        await bench.GetAsync("/api/runs", client: client);
        await bench.GetAsync("/api/runs", client: client);
        using var third = await client.GetAsync(new Uri("/api/runs", UriKind.Relative), WebBench.Cancel);

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        await bench.GetAsync("/api/runs");
    }

    private static async Task<JsonElement> MakeAsync(WebBench bench, object order) => await WebBench.Read(await bench.PostAsync("/api/keys", order), 201);

    private static async Task<HttpResponseMessage> SendAsync(WebBench bench, string id, string text, long at, bool changed = false)
    {
        using var client = bench.Client(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/alerts/generic") { Content = new ByteArrayContent(changed ? Encoding.UTF8.GetBytes("{}") : Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Responder-Key", id);
        request.Headers.Add("X-Responder-Timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Responder-Signature", "sha256=" + SigningKeys.Sign(text, at, "POST", "/api/alerts/generic", Body));
        return await client.SendAsync(request, WebBench.Cancel);
    }

    private static async Task Read(HttpResponseMessage response, int status)
    {
        using (response)
        {
            await WebBench.Read(response, status);
        }
    }

    private static async Task<string> Detail(HttpResponseMessage response)
    {
        using (response)
        {
            return (await WebBench.Read(response, 401)).GetProperty("detail").GetString()!;
        }
    }
}
