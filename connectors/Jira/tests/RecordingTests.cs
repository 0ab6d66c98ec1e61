using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Responder.Connectors.Jira.Emulator;
using Responder.Connectors.Mock;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Emulation;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Recordings of the real service, played to the emulator: status, type and the form of the body must be those of Jira.</summary>
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
                (string, int)[] known = [("addNewIssue.har", 0), ("addNewIssue.har", 2), ("fetchServerInfo.har", 0), ("projectKeyToProjectIdNonExtantProject.har", 0), ("validateInvocationCloudInvalidPassword.har", 0), ("validateInvocationCloudInvalidPassword.har", 1)];
                foreach (var (file, index) in known.Where(one => File.Exists(Path.Combine(folder, one.Item1))))
                {
                    rows.Add(file, index);
                }
            }

            return rows;
        }
    }

    private static string? Folder => Recording.Folder("jupiterone-graph-jira");

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task The_emulator_answers_as_the_product_did(string file, int index)
    {
        var (method, path, sent, status, type, body) = file == Own
            ? new Recording("POST", "/rest/api/3/issue", """{"fields":{"summary":"x","project":{"id":-100},"issuetype":{"name":"Task"}}}""", 400, "application/json", """{"errorMessages":[],"errors":{"project":"Specify a valid project ID or key"}}""")
            : await Recording.ReadAsync(Folder!, file, index);
        var estate = MockEstate.InMemory(MockSettings.BuiltIn(), new FakeTimeProvider(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero)));
        await using var server = await EmulatorServer.StartAsync(new JiraCloudEmulator(), estate);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, path));
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.Line["email"]}:{server.Line["api_token"]}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", status == 401 ? "d3Jvbmc6d3Jvbmc=" : token);

        // The recorded project is another company's; that it is there is what counts.
        request.Content = sent is null ? null : new StringContent(sent.Replace("\"id\":10000}", "\"key\":\"SOC\"}", StringComparison.Ordinal), Encoding.UTF8, "application/json");
        var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answered = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        if (type == "application/json")
        {
            var (theirs, ours) = (Recording.Form(body), Recording.Form(answered));
            Assert.DoesNotContain(theirs.Except(ours), field => !field.StartsWith("defaultLocale", StringComparison.Ordinal));
            Assert.Equal(status >= 400 ? body : answered, answered);
        }
    }
}
