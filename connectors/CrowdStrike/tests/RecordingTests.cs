using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.CrowdStrike.Emulator;
using Responder.Connectors.Mock;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.CrowdStrike.Tests;

/// <summary>Recordings of the real service, played to the emulator: status, headers and the form of the body must be Falcon's.</summary>
public sealed class RecordingTests
{
    private const string Own = "own";

    /// <summary>The recorded exchanges that the estate can answer alike, where the folder with real data is there; and one of our own.</summary>
    public static TheoryData<string, int> Exchanges
    {
        get
        {
            TheoryData<string, int> rows = new() { { Own, 0 } };
            if (Folder is { } folder)
            {
                (string, int)[] known = [("authenticate.har", 0), ("authenticateError.har", 0), ("validateInvocationAuthError.har", 0), ("validateInvocationAuthBadRequestError.har", 0), ("iterateDevicesFilter.har", 1), ("fetch_zta_sensor_relationships.har", 5)];
                foreach (var (file, index) in known.Where(one => File.Exists(Path.Combine(folder, one.Item1))))
                {
                    rows.Add(file, index);
                }
            }

            return rows;
        }
    }

    private static string? Folder => Recording.Folder("jupiterone-graph-crowdstrike");

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task The_emulator_answers_as_the_product_did(string file, int index)
    {
        var recorded = file == Own
            ? new Recording("POST", "/oauth2/token", null, 403, "application/json", """{"meta":{"query_time":0.1,"powered_by":"csam","trace_id":"x"},"errors":[{"code":403,"message":"Failed to issue access token - Not Authorized"}]}""") { Headers = ["x-ratelimit-limit", "x-cs-traceid"] }
            : await Recording.ReadAsync(Folder!, file, index);
        var (method, path, status, body) = (recorded.Method, recorded.Path, recorded.Status, recorded.Body);
        var estate = MockEstate.InMemory(MockSettings.BuiltIn(), new FakeTimeProvider(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero)));
        await using var server = await EmulatorServer.StartAsync(new FalconEmulator(), estate);
        using var http = new HttpClient();
        var line = server.Line;
        string Credential(string name) => line[name]!.GetValue<string>();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, path));
        if (path == "/oauth2/token")
        {
            // The recorded credentials are blacked out: one that fails as theirs did, or ours.
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = status == 400 ? "not-valid" : Credential("client_id"), ["client_secret"] = status == 403 ? "wrong" : Credential("client_secret") });
        }
        else
        {
            using var signIn = await http.PostAsync(new Uri(server.Url, "/oauth2/token"), new FormUrlEncodedContent(new Dictionary<string, string> { ["client_id"] = Credential("client_id"), ["client_secret"] = Credential("client_secret") }), TestContext.Current.CancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", JsonSerializer.Deserialize<JsonElement>(await signIn.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString());
            request.Content = method == "POST" ? new StringContent("""{"ids":["4f1c0de2a94b4c7a8e3d6b7f90a1c045"]}""", System.Text.Encoding.UTF8, "application/json") : null;
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.All(recorded.Headers.Where(name => name.StartsWith("x-", StringComparison.Ordinal)), name => Assert.True(response.Headers.Contains(name), $"{name} is missing"));
        var (theirs, ours) = (JsonSerializer.Deserialize<JsonElement>(body), JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(Form(theirs), Form(ours));
        Assert.Equal(Form(theirs.TryGetProperty("meta", out var meta) ? meta : default), Form(ours.TryGetProperty("meta", out var own) ? own : default));
        if (status >= 400)
        {
            Assert.Equal(theirs.GetProperty("errors").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal).ReplaceLineEndings(string.Empty), ours.GetProperty("errors").GetRawText().Replace(" ", string.Empty, StringComparison.Ordinal));
        }
    }

    /// <summary>Field names with the kinds of their values; where nothing went wrong, <c>errors</c> is null in one service and empty in another.</summary>
    private static IEnumerable<string> Form(JsonElement json) => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(field => field.Name == "errors" ? field.Name : $"{field.Name}: {field.Value.ValueKind}").Order(StringComparer.Ordinal) : [];
}
