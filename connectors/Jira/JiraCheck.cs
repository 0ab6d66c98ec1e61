using System.Text.Json;
using Responder.Connectors.Jira.Client;
using Responder.Sdk;

namespace Responder.Connectors.Jira;

/// <summary>Asks Jira who we are and what we may do. It says what the account may somewhere; a project can allow less.</summary>
internal sealed class JiraCheck(JiraClient jira) : IConnectionCheck
{
    private static readonly (string Action, string[] Needs)[] Actions =
    [
        ("tickets.find", ["BROWSE_PROJECTS"]), ("tickets.get", ["BROWSE_PROJECTS"]), ("tickets.create", ["CREATE_ISSUES"]), ("tickets.comment", ["ADD_COMMENTS"]),
        ("tickets.attach", ["CREATE_ATTACHMENTS"]), ("tickets.update", ["EDIT_ISSUES"]), ("tickets.link", ["LINK_ISSUES"]), ("tickets.transition", ["TRANSITION_ISSUES"]),
        ("tickets.close", ["TRANSITION_ISSUES", "RESOLVE_ISSUES"]),
    ];

    public async Task<Health> CheckAsync(CancellationToken cancel)
    {
        try
        {
            var me = await jira.GetAsync("myself", cancel);
            var rights = (await jira.GetAsync("mypermissions", cancel, ("permissions", string.Join(',', Actions.SelectMany(one => one.Needs).Distinct())))).GetProperty("permissions");
            return new Health(
                true, $"{(jira.Cloud ? "Cloud" : "Data Center")}, as {Issues.Text(me, "displayName") ?? Issues.Text(me, "emailAddress") ?? "?"}.",
                Actions.ToDictionary(one => one.Action, one => one.Needs.FirstOrDefault(need => !Has(rights, need)) is { } lacks ? $"the account lacks the permission {lacks}" : null));
        }
        catch (ActionFailure failure)
        {
            return new Health(false, failure.Message, Actions.ToDictionary(one => one.Action, _ => (string?)failure.Message));
        }
    }

    private static bool Has(JsonElement rights, string need) => rights.TryGetProperty(need, out var right) && right.TryGetProperty("havePermission", out var have) && have.ValueKind == JsonValueKind.True;
}
