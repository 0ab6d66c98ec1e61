using System.Text.Json.Nodes;

namespace Responder.Connectors.Jira.Emulator;

/// <summary>An answer that is no success, in Jira's form.</summary>
internal sealed class JiraProblem(int status, string? message, params (string Field, string Text)[] errors) : Exception(message ?? "errors")
{
    public int Status => status;

    public JsonObject Body()
    {
        var fields = new JsonObject();
        foreach (var (field, text) in errors)
        {
            fields[field] = text;
        }

        return new JsonObject { ["errorMessages"] = message is null ? [] : new JsonArray(message), ["errors"] = fields };
    }

    public static JiraProblem NoIssue() => new(404, "Issue does not exist or you do not have permission to see it.");
}
