using System.Net;
using System.Text.Json;

namespace Responder.Tests.Servers;

/// <summary>Alerts sent as a product sends them, again and again until they are taken, and what must hold of their runs afterwards.</summary>
internal static class Load
{
    private const int Senders = 8;

    /// <summary>Sends an alert for each id; returns when all are taken.</summary>
    /// <param name="server">To whom, by the alert's number.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="patience">How long at most.</param>
    public static Task SendAsync(Func<int, ServingProgram> server, IReadOnlyList<string> ids, TimeSpan patience) => Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
    {
        for (var number = sender; number < ids.Count; number += Senders)
        {
            await Settling.UntilAsync(() => IsTakenAsync(server(number), ids[number]), patience);
        }
    }));

    /// <summary>The same, to one.</summary>
    public static Task SendAsync(ServingProgram server, IReadOnlyList<string> ids, TimeSpan patience) => SendAsync(_ => server, ids, patience);

    /// <summary>So many ids.</summary>
    public static List<string> Ids(string prefix, int count) => [.. Enumerable.Range(0, count).Select(number => $"{prefix}{number}")];

    /// <summary>
    /// What must hold of every run: what is marked is marked once; whoever ended well is done; and nothing with an effect was called whose intent is not in a journal.
    /// </summary>
    /// <param name="server">Whom to ask.</param>
    /// <param name="api">Whom they called.</param>
    /// <param name="statuses">How they ended.</param>
    /// <param name="mostInDoubt">So many at most wait for a person because nobody can know.</param>
    public static async Task AssertHeldAsync(ServingProgram server, CountedApi api, IReadOnlyList<string> statuses, int mostInDoubt)
    {
        Assert.All(statuses, status => Assert.True(status is "succeeded" or "in_doubt", status));
        Assert.InRange(statuses.Count(status => status == "in_doubt"), 0, mostInDoubt);
        Assert.All(api.Called("/mark/"), id => Assert.Equal((id, 1), (id, api.Of($"/mark/{id}"))));
        Assert.Equal(statuses.Count(status => status == "succeeded"), api.Below("/done/"));
        var intents = await IntentsAsync(server);
        Assert.All(api.Called("/"), path => Assert.Contains($"/{path}", intents));
    }

    private static async Task<bool> IsTakenAsync(ServingProgram server, string id)
    {
        try
        {
            return await server.PostAsync("/api/alerts/generic", CountedApi.Alert(id)) == HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            // It is not there just now.
            return false;
        }
    }

    // A path with values in it is kept in its parts.
    private static string Path(JsonElement path) => path.ValueKind == JsonValueKind.Array ? string.Concat(path.EnumerateArray().Select(part => (part.ValueKind == JsonValueKind.Object ? part.GetProperty("value") : part).GetString())) : path.GetString()!;

    /// <summary>Runs whose journal has an intent that nothing has answered yet: whoever's node stands still or dies now can leave no more than these in doubt.</summary>
    /// <param name="server">Whom to ask.</param>
    public static async Task<int> OpenIntentsAsync(ServingProgram server)
    {
        var open = 0;
        foreach (var events in await JournalsAsync(server))
        {
            var ended = PathsOf(events, "step_ended").ToHashSet(StringComparer.Ordinal);
            open += PathsOf(events, "intent_recorded").Any(path => !ended.Contains(path)) ? 1 : 0;
        }

        return open;
    }

    // The paths that intents stand for, over all journals.
    private static async Task<HashSet<string>> IntentsAsync(ServingProgram server)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var events in await JournalsAsync(server))
        {
            var inputs = Data(events, "step_started").ToDictionary(step => step.GetProperty("path").GetString()!, step => step.GetProperty("inputs"), StringComparer.Ordinal);
            paths.UnionWith(PathsOf(events, "intent_recorded").Select(path => Path(inputs[path].GetProperty("path"))));
        }

        return paths;
    }

    private static async Task<List<List<JsonElement>>> JournalsAsync(ServingProgram server)
    {
        List<List<JsonElement>> journals = [];
        foreach (var run in (await server.GetAsync("/api/runs?limit=500")).GetProperty("items").EnumerateArray())
        {
            journals.Add([.. (await server.GetAsync($"/api/runs/{run.GetProperty("run_id").GetString()}/events?limit=500")).GetProperty("items").EnumerateArray()]);
        }

        return journals;
    }

    private static IEnumerable<JsonElement> Data(List<JsonElement> events, string type) => events.Where(entry => entry.GetProperty("type").ValueEquals(type)).Select(entry => entry.GetProperty("data"));

    private static IEnumerable<string> PathsOf(List<JsonElement> events, string type) => Data(events, type).Select(data => data.GetProperty("path").GetString()!);
}
