using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Connectors.Jira.Text;
using Responder.Sdk;
using RestSharp;

namespace Responder.Connectors.Jira.Client;

/// <summary>Comments and the files that hold what a text could not: each once for its step.</summary>
internal sealed class Comments(JiraClient jira)
{
    /// <summary>The newest 50 comments are looked through.</summary>
    public const int Newest = 50;

    /// <summary>The step's comment; null where none of the newest carries its key.</summary>
    public async Task<string?> FindAsync(string key, string stepKey, CancellationToken cancel)
    {
        var page = await jira.GetAsync($"issue/{IssueKey.Check(key)}/comment", cancel, ("orderBy", "-created"), ("maxResults", "50"), ("expand", "properties"));
        var anchor = Marks.AnchorOf(stepKey);
        return page.GetProperty("comments").EnumerateArray()
            .Where(comment => Marks.KeyIn(comment) == stepKey || (Issues.Text(comment, "body")?.Contains(anchor, StringComparison.Ordinal) ?? false))
            .Select(comment => comment.GetProperty("id").GetString()).FirstOrDefault();
    }

    /// <summary>Adds it, unless a former attempt of the step did. A text that is too long is cut, the whole attached before.</summary>
    /// <returns>The comment's id.</returns>
    public async Task<string> AddAsync(string key, string markdown, ActionContext context)
    {
        if (context.Attempt > 1 && await FindAsync(key, context.IdempotencyKey, context.Cancel) is { } there)
        {
            return there;
        }

        return await PutAsync(key, markdown, context.IdempotencyKey, context, context.Cancel);
    }

    /// <summary>Adds a comment, marked by a key of 64 hex digits. Outside a run, where there is no context, what is too long is cut.</summary>
    /// <returns>The comment's id.</returns>
    public async Task<string> PutAsync(string key, string markdown, string mark, ActionContext? context, CancellationToken cancel)
    {
        var text = TicketText.Of(markdown, jira.Cloud, Marks.AnchorOf(mark));
        if (text.Whole is { } whole && context is not null)
        {
            await KeepWholeAsync(key, whole, context);
        }

        var answer = await jira.ChangeAsync(Method.Post, $"issue/{IssueKey.Check(key)}/comment", new JsonObject { ["body"] = text.Body, ["properties"] = Marks.Properties(mark) }, context, cancel);
        return answer.Json.GetProperty("id").GetString()!;
    }

    /// <summary>Attaches the whole of a text; its name carries the step's key, so that it is there once.</summary>
    public async Task KeepWholeAsync(string key, string markdown, ActionContext context)
    {
        var name = $"responder-{context.IdempotencyKey[..16]}.md";
        if ((await FilesAsync(key, context.Cancel)).Any(file => Issues.Text(file, "filename") == name))
        {
            return;
        }

        await jira.AttachAsync(key, name, Encoding.UTF8.GetBytes(markdown), "text/markdown", context);
    }

    /// <summary>The files of a ticket.</summary>
    public async Task<IReadOnlyList<JsonElement>> FilesAsync(string key, CancellationToken cancel)
    {
        var fields = (await jira.GetAsync($"issue/{IssueKey.Check(key)}", cancel, ("fields", "attachment"))).GetProperty("fields");
        return fields.TryGetProperty("attachment", out var files) && files.ValueKind == JsonValueKind.Array ? [.. files.EnumerateArray()] : [];
    }
}
