using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Responder.Storage.Tests;

namespace Responder.Tests.Servers;

/// <summary>Orleans's dashboard on the real program: for admins alone, and it shows the cluster's nodes.</summary>
public sealed class DashboardTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Admins_see_the_clusters_nodes_and_nobody_else_does()
    {
        await using var api = await CountedApi.StartAsync();
        var database = await postgres.DatabaseAsync();
        await using var first = Node(api, database);
        await using var second = Node(api, database);
        await first.StartAsync();
        await second.StartAsync(first.ApiKey);

        var (lead, admin) = (await KeyAsync(first, "role:lead"), await KeyAsync(first, "role:admin"));
        foreach (var address in (string[])["/orleans/", "/orleans/index.min.js", "/orleans/DashboardCounters", "/orleans/ClusterStats", "/orleans/Trace"])
        {
            Assert.Equal((address, HttpStatusCode.Unauthorized), (address, await StatusAsync(first, address, null)));
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, await StatusAsync(first, address, lead)));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, "/orleans/", admin));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(first, "/orleans/index.min.js", admin));

        // The names that its page reads, which are not those of our API.
        await Settling.UntilAsync(async () => (await first.GetAsync("/orleans/DashboardCounters")).GetProperty("totalActiveHostCount").GetInt32() == 2, Patience);
        Assert.All((await first.GetAsync("/orleans/DashboardCounters")).GetProperty("hosts").EnumerateArray(), host => Assert.Equal("Active", host.GetProperty("status").GetString()));
    }

    private static async Task<string> KeyAsync(ServingProgram server, string scope)
    {
        using var made = await server.Api.PostAsJsonAsync(new Uri("/api/keys", UriKind.Relative), new { name = $"for {scope}", scopes = (string[])[scope] });
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task<HttpStatusCode> StatusAsync(ServingProgram server, string address, string? key)
    {
        using var client = new HttpClient { BaseAddress = server.Api.BaseAddress };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }

    private static ServingProgram Node(CountedApi api, string database) => new(
        new Dictionary<string, string>(api.Settings) { ["Store__Postgres"] = database, ["Cluster__Port"] = ServingProgram.FreePort().ToString(CultureInfo.InvariantCulture) }, "--store", "postgres");
}
