using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Responder.Playbooks.Language;
using Responder.Sdk;

namespace Responder.Hosting.Testing.Cases;

/// <summary>Reads the tests of a file, one to each YAML document.</summary>
internal static class TestReader
{
    private static readonly JsonSerializerOptions Strict = new(Json.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a test.</summary>
    /// <param name="root">Its document.</param>
    /// <param name="where">File and line, for messages.</param>
    /// <exception cref="TestFileException">It is no test.</exception>
    public static PlaybookTest Read(JsonNode? root, string where)
    {
        if (root is not JsonObject map)
        {
            throw new TestFileException($"{where}: a test is a map with 'about', how the run starts, and 'expect'.");
        }

        if (!map.ContainsKey("expect"))
        {
            throw new TestFileException($"{where}: 'expect' is missing: what must have come of the run. playbooks/README.md says what it may hold.");
        }

        try
        {
            var test = map.Deserialize<PlaybookTest>(Strict)!;
            return Problem(test) is { } problem ? throw new TestFileException($"{where}: {problem}") : test;
        }
        catch (JsonException exception)
        {
            throw new TestFileException($"{where}: {(exception.Path is { Length: > 2 } path ? path[2..] + ": " : string.Empty)}{exception.Message} playbooks/README.md says what a test may hold.");
        }
    }

    private static string? Problem(PlaybookTest test)
    {
        if (test is { Alert: null, Patch: not null })
        {
            return "'patch' changes an alert, and there is no 'alert'.";
        }

        if (test.Expect is { Started: false } expect && expect with { Started = null, Reason = null } is var rest && !IsEmpty(rest))
        {
            return "where no run is started nothing but 'reason' can be expected of it.";
        }

        for (var index = 0; index < test.Happens.Count; index++)
        {
            var one = test.Happens[index];
            if (new[] { one.At, one.Before, one.After }.Count(moment => moment is not null) != 1 || one.Do is null == one.Event is null)
            {
                return $"happens[{index}]: needs one of 'at', 'before', 'after', and one of 'do', 'event'.";
            }

            if (one.At is not null && !Durations.TryParse(one.At, out _))
            {
                return $"happens[{index}].at: '{one.At}' is not {Durations.Form}.";
            }
        }

        return null;
    }

    private static bool IsEmpty(Expectation expect) => JsonNode.DeepEquals(
        JsonSerializer.SerializeToNode(expect, Json.Options), JsonSerializer.SerializeToNode(new Expectation(), Json.Options));
}
