using System.Text.Json;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk.Alerts;
using Responder.Sdk.Edr;

namespace Responder.Connectors.CrowdStrike.Tests;

/// <summary>Every call that the connector makes is one that Falcon's own list of operations has, with query fields that it knows.</summary>
public sealed class SpecificationTests
{
    private const string Host = "4f1c0de2a94b4c7a8e3d6b7f90a1c045";

    /// <summary>Beside operations from the folder with real data, where it is there, the two that a test of ours knows by heart.</summary>
    private static readonly Dictionary<string, string[]> Own = new(StringComparer.Ordinal)
    {
        ["POST /devices/entities/devices-actions/v2"] = ["action_name"],
        ["GET /devices/queries/devices/v1"] = ["offset", "limit", "sort", "filter"],
    };

    [Fact]
    public async Task Every_call_is_in_the_list_of_operations()
    {
        await using var world = await FalconWorlds.OpenAsync(new DateTimeOffset(2024, 2, 28, 19, 20, 0, TimeSpan.Zero));
        await PlayAsync(world.Connection);
        var operations = await OperationsAsync();
        var areas = operations.Keys.Select(Area).ToHashSet(StringComparer.Ordinal);
        var (unknown, checkedCalls) = (new List<string>(), 0);
        foreach (var call in world.Emulator!.Calls.All)
        {
            var (path, query) = (call.Path.Split('?')[0], call.Path.Contains('?', StringComparison.Ordinal) ? HttpUtility.ParseQueryString(call.Path.Split('?', 2)[1]) : []);
            var name = $"{call.Method} {path}";
            if (operations.TryGetValue(name, out var fields))
            {
                checkedCalls++;
                unknown.AddRange(query.AllKeys.Where(key => !fields.Contains(key)).Select(key => $"{name}: {key}"));
            }
            else if (operations.Count > Own.Count && areas.Contains(Area(name)))
            {
                unknown.Add(name);
            }
        }

        Assert.Empty(unknown.Distinct());
        Assert.True(checkedCalls >= 3, $"{checkedCalls} calls were held against the list");
    }

    private static async Task PlayAsync(ConnectionBench connection)
    {
        await connection.ReadAsync(new FindHost("ENG-WS-045"));
        await connection.ReadAsync(new FindHosts(Tag: "Engineering"));
        await connection.ReadAsync(new IsolateHost(Host, "SOC-142"));
        await connection.ReadAsync(new KillProcess(Host, 4789, "cmd.exe"));
        await connection.ReadAsync(new CollectFile(Host, @"C:\temp\staging\Passwords.kdbx"));
        var (delete, step) = (new DeleteFolder(Host, @"C:\temp\staging"), connection.Step("purge"));
        await connection.DoAsync(delete, step);
        await connection.ProbeAsync(delete, step);
        await connection.ReadAsync(new UpdateDetection("ldt:4f1c0de2a94b4c7a8e3d6b7f90a1c045:8590777001", "in_progress", Comment: "seen"));
        await connection.Services.GetRequiredService<IAlertFeed>().ReadAsync(new AlertQuery(DateTimeOffset.UnixEpoch, Limit: 1), TestContext.Current.CancellationToken);
    }

    private static string Area(string operation) => operation.Split(' ')[1].Split('/')[1];

    private static async Task<IReadOnlyDictionary<string, string[]>> OperationsAsync()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("RESPONDER_REAL_DATA") ?? string.Empty, "spec-falcon", "falcon-operations.from-falconpy.json");
        if (!File.Exists(file))
        {
            return Own;
        }

        var list = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        return list.EnumerateObject().SelectMany(collection => collection.Value.EnumerateArray())
            .GroupBy(one => $"{one.GetProperty("method").GetString()} {one.GetProperty("path").GetString()!.Split('?')[0]}")
            .ToDictionary(group => group.Key, group => (string[])[.. group.SelectMany(one => one.GetProperty("parameters").EnumerateArray()).Select(parameter => parameter.GetProperty("name").GetString()!)]);
    }
}
