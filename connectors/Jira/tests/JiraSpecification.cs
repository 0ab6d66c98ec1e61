using System.IO.Compression;
using System.Text;
using Responder.Connectors.Tests.Bench;
using Responder.Connectors.Tests.Bench.OpenApi;

namespace Responder.Connectors.Jira.Tests;

/// <summary>Atlassian's own description of Jira Cloud's REST API, from the folder with real data; where that is not at hand, the little that we know by heart.</summary>
internal static class JiraSpecification
{
    private const string ErrorCollection = """{"$ref":"#/components/schemas/ErrorCollection"}""";

    private const string Own = """
        {
          "paths": {
            "/rest/api/3/issue": { "post": {
              "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/IssueUpdateDetails" } } } },
              "responses": { "201": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/CreatedIssue" } } } }, "400": {}, "401": {}, "403": {} } } },
            "/rest/api/3/myself": { "get": { "parameters": [{ "name": "expand", "in": "query" }], "responses": { "200": {}, "401": {} } } }
          },
          "components": { "schemas": {
            "IssueUpdateDetails": { "type": "object", "properties": { "fields": { "type": "object" }, "update": { "type": "object", "additionalProperties": { "type": "array", "items": { "$ref": "#/components/schemas/Operation" } } }, "properties": { "type": "array" } } },
            "Operation": { "type": "object", "additionalProperties": false, "properties": { "add": {}, "set": {}, "remove": {}, "edit": {}, "copy": {} } },
            "CreatedIssue": { "type": "object", "additionalProperties": false, "properties": { "id": { "type": "string" }, "key": { "type": "string" }, "self": { "type": "string" }, "transition": {} } },
            "ErrorCollection": { "type": "object", "additionalProperties": false, "properties": { "errorMessages": { "type": "array", "items": { "type": "string" } }, "errors": { "type": "object" }, "status": { "type": "integer" } } }
          } }
        }
        """;

    private static readonly Lazy<(OpenApiDocument Document, bool Whole)> Loaded = new(Load);

    public static OpenApiDocument Document => Loaded.Value.Document;

    /// <summary>True where the vendor's document is at hand: then every call must be in it.</summary>
    public static bool IsWhole => Loaded.Value.Whole;

    /// <summary>Fails where a call or an answer is not as the document has it, and names each.</summary>
    public static async Task AssertAsync(IEnumerable<WatchedCall> calls)
    {
        var problems = await ProblemsAsync(calls);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>What calls and answers there are that the document does not allow.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(IEnumerable<WatchedCall> calls)
    {
        var problems = new List<string>();
        foreach (var call in calls)
        {
            var name = $"{call.Method} {call.Path}";
            if (Document.Find(call.Method, call.Path) is not { } operation)
            {
                if (IsWhole && call.Status < 400)
                {
                    problems.Add($"{name} is no operation");
                }

                continue;
            }

            problems.AddRange(call.Query.Where(field => !operation.Query.Contains(field)).Select(field => $"{name}: the query field {field} is none"));
            if (call.Sent is { } sent && operation.Request is { } request)
            {
                problems.AddRange((await Document.ProblemsAsync(request, sent)).Select(problem => $"{name} sent: {problem}"));
            }

            // Limits and outages are told of once for all operations.
            if (!operation.Answers(call.Status) && call.Status is not (429 or >= 500))
            {
                problems.Add($"{name} answered {call.Status}, which it never does");
            }

            var answer = call.Status >= 400 ? System.Text.Json.Nodes.JsonNode.Parse(ErrorCollection) : operation.Response(call.Status);
            if (answer is not null && call.IsJson && call.Answered.Length > 0)
            {
                problems.AddRange((await Document.ProblemsAsync(answer, call.Answered)).Select(problem => $"{name} answered {call.Status}: {problem}"));
            }
        }

        return [.. problems.Distinct()];
    }

    private static (OpenApiDocument, bool) Load()
    {
        if (Recording.Folder("spec-jira") is not { } folder || Path.Combine(folder, "swagger-v3.v3.json.gz") is not { } file || !File.Exists(file))
        {
            return (OpenApiDocument.Parse(Own), false);
        }

        using var packed = File.OpenRead(file);
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return (OpenApiDocument.Parse(reader.ReadToEnd()), true);
    }
}
