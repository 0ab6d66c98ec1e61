using System.Net;
using System.Net.Http.Headers;
using Responder.Connectors.MicrosoftGraph.Emulator;
using Responder.Connectors.Mock;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.MicrosoftGraph.Tests;

/// <summary>Recordings of the real service, played to the emulator: status, content type, headers and the form of the body must be Graph's.</summary>
public sealed class GraphRecordingTests
{
    private const string Own = "own";

    /// <summary>Of the infrastructure, or of the answer before the last proxy; and plans, which a company without licences has none of.</summary>
    private static readonly string[] NotOurs = ["vary", "x-ms-ags-diagnostic", "x-ms-resource-unit", "strict-transport-security", "connection", "content-length", "transfer-encoding", "p3p", "set-cookie", "x-ms-ests-server", "pragma", "expires", "nel", "report-to", "server"];

    /// <summary>The recorded exchanges that the estate can answer alike, where the folder with real data is there; and one of our own.</summary>
    public static TheoryData<string, int> Exchanges
    {
        get
        {
            TheoryData<string, int> rows = new() { { Own, 0 } };
            if (Folder is { } folder)
            {
                (string, int)[] known = [("iterateUsers.har", 0), ("iterateUsers.har", 1), ("verifyAuthentication.har", 1), ("verifyAuthenticationInvalidDirectory.har", 0), ("fetchAccountNoMdm.har", 2)];
                foreach (var (file, index) in known.Where(one => File.Exists(Path.Combine(folder, one.Item1))))
                {
                    rows.Add(file, index);
                }
            }

            return rows;
        }
    }

    private static string? Folder => Recording.Folder("jupiterone-graph-microsoft-365");

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task The_emulator_answers_as_the_product_did(string file, int index)
    {
        var recorded = file == Own
            ? new Recording("GET", "/v1.0/users/nobody@company.com", null, 404, "application/json", """{"error":{"code":"Request_ResourceNotFound","message":"x","innerError":{"date":"x","request-id":"x","client-request-id":"x"}}}""")
                { Headers = ["request-id", "client-request-id"] }
            : await Recording.ReadAsync(Folder!, file, index);
        var emulator = new GraphEmulator();
        await using var server = await EmulatorServer.StartAsync(emulator, MockEstate.InMemory(MockSettings.BuiltIn(), TimeProvider.System));
        using var http = new HttpClient();
        var path = recorded.Path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) && recorded.Status == 200 ? $"/{emulator.Desk.Tenant}/oauth2/v2.0/token" : recorded.Path;
        using var request = new HttpRequestMessage(new HttpMethod(recorded.Method), new Uri(server.Url, path));
        if (recorded.Method == "POST")
        {
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials", ["client_id"] = emulator.Desk.Tokens.ClientId, ["client_secret"] = emulator.Desk.Tokens.ClientSecret, ["scope"] = "https://graph.microsoft.com/.default",
            });
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)server.Line["token"]!);
        }

        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answered = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        // Reading the body writes the header anew, with blanks.
        var type = response.Content.Headers.NonValidated["Content-Type"].ToString().Replace("; ", ";", StringComparison.Ordinal);
        var headers = response.Headers.Concat(response.Content.Headers).Select(header => header.Key.ToLowerInvariant());
        Assert.Equal((HttpStatusCode)recorded.Status, response.StatusCode);
        Assert.Equal(recorded.FullType.Replace("; ", ";", StringComparison.Ordinal), file == Own ? type.Split(';')[0] : type);
        Assert.Empty(recorded.Headers.Except(headers).Except(NotOurs));
        var missing = Names(Recording.Form(recorded.Body, deep: true)).Except(Names(Recording.Form(answered, deep: true))).ToList();
        Assert.All(missing, field => Assert.Contains("Plans/", field, StringComparison.Ordinal));
    }

    /// <summary>What is null in one tenant is a text in another: the names alone count.</summary>
    private static IEnumerable<string> Names(IEnumerable<string> form) => form.Select(field => field.Split(": ")[0]);
}
