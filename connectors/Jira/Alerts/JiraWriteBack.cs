using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Responder.Connectors.Jira.Client;
using Responder.Sdk.Alerts;
using Responder.Sdk.Chat;
using RestSharp;

namespace Responder.Connectors.Jira.Alerts;

/// <summary>Tells the ticket that started a run: assignee and comment, then its status. A ticket that somebody closed stays closed.</summary>
internal sealed class JiraWriteBack(JiraClient jira, Issues issues, Comments comments, Moves moves) : IAlertWriteBack
{
    /// <summary>What a closed ticket is called, where its screen asks for that; the first that the project has.</summary>
    private static readonly Dictionary<AlertVerdict, string[]> Resolutions = new()
    {
        [AlertVerdict.TruePositive] = ["Done", "Resolved", "Fixed"], [AlertVerdict.FalsePositive] = ["False positive", "Won't Do", "Won't Fix", "Done"],
        [AlertVerdict.Benign] = ["Benign", "Won't Do", "Won't Fix", "Done"], [AlertVerdict.None] = ["Done", "Resolved"],
    };

    public IReadOnlyList<string> Sources { get; } = ["jira"];

    public async Task WriteAsync(AlertNews news, CancellationToken cancel)
    {
        var key = IssueKey.Check(news.SourceId);
        var issue = await issues.ReadAsync(key, cancel);
        var fields = issue.GetProperty("fields");
        if (news.Assignee is { } assignee && !string.Equals(assignee, Issues.AssigneeOf(fields), StringComparison.OrdinalIgnoreCase))
        {
            await jira.ChangeAsync(Method.Put, $"issue/{key}", new JsonObject { ["fields"] = new JsonObject { ["assignee"] = await issues.PersonAsync(assignee, cancel) } }, null, cancel);
        }

        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(news.Key)));
        if (await comments.FindAsync(key, mark, cancel) is null)
        {
            await comments.PutAsync(key, MarkdownText.Quote(news.Comment), mark, null, cancel);
        }

        if (news.Work == AlertWork.Resolved)
        {
            await moves.TellAsync(issue, "done", Resolutions[news.Verdict], cancel);
        }
        else if (Issues.CategoryOf(fields.GetProperty("status")) == "todo")
        {
            await moves.TellAsync(issue, "in_progress", [], cancel);
        }
    }
}
