using System.Text.Json;
using Responder.Sdk;
using Responder.Sdk.Http;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>Any REST API.</summary>
public abstract class HttpContract : ContractSuite
{
    private static Template Path(string before, string value) => new([new TemplatePart(before, null, false), new TemplatePart(null, value, false)]);

    [Fact]
    public async Task A_value_in_the_path_is_one_segment()
    {
        await using var world = await OpenAsync();
        var answer = await world.Connection.ReadAsync(new HttpRequest(Path("/reputation/url/", "https://company-bonus.example/claim?x=1")));
        Assert.Equal(200, answer.Status);
        Assert.Equal("malicious", answer.Body!.Value.GetProperty("verdict").GetString());
        await world.Connection.FailsAsync(new HttpRequest(Path("/reputation/url/", "..")), FailureKind.Invalid);
        Assert.Equal(0, world.Count("http.request"));
    }

    [Fact]
    public async Task A_call_that_acts_is_made_each_time()
    {
        await using var world = await OpenAsync();
        var post = new HttpRequest(Template.Text("/blocklist"), "POST", Body: JsonSerializer.SerializeToElement(new { domain = "company-bonus.example" }));
        Assert.Equal(201, (await world.Connection.ReadAsync(post)).Status);
        Assert.Equal(201, (await world.Connection.ReadAsync(post)).Status);
        Assert.Equal(2, world.Count("http.request"));
    }

    [Fact]
    public async Task A_status_that_is_not_expected_is_a_failure_of_its_kind()
    {
        await using var world = await OpenAsync("{ http: { routes: { GET /busy: { status: 503 }, POST /broken: { status: 500 }, GET /closed: { status: 403 } } } }");
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/nothing")), FailureKind.NotFound);
        Assert.Equal(404, (await world.Connection.ReadAsync(new HttpRequest(Template.Text("/nothing"), Expect: [404]))).Status);
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/busy")), FailureKind.Transient);
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/broken"), "POST"), FailureKind.Unknown);
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/closed")), FailureKind.Forbidden);
    }

    [Fact]
    public async Task A_playbook_sets_neither_host_nor_credential_nor_an_odd_method()
    {
        await using var world = await OpenAsync();
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/health"), Headers: new Dictionary<string, string> { ["Host"] = "evil.example" }), FailureKind.Invalid);
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/health"), Headers: new Dictionary<string, string> { ["authorization"] = "x" }), FailureKind.Invalid);
        await world.Connection.FailsAsync(new HttpRequest(Template.Text("/health"), "TRACE"), FailureKind.Invalid);
    }
}
