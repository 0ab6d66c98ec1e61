using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Connectors.Jira.Client;
using Responder.Connectors.Jira.Text;
using Responder.Sdk;
using Responder.Sdk.Chat;
using Responder.Sdk.Tickets;
using RestSharp;

namespace Responder.Connectors.Jira.Actions;

/// <summary>
/// A second call opens a second ticket. What saves us: the step's key stands on the ticket from its first moment, as a property and as a label. A search may not know a new ticket
/// for minutes, so the keys that follow the newest of before are read as well; to read a ticket by its key knows no lag.
/// </summary>
[Recovery(Recover.Probe)]
internal sealed class CreateTicketHandler(JiraClient jira, Issues issues, Comments comments, CreateScreen screen)
    : IActionHandler<CreateTicket, TicketCreated>, IReadsBefore<CreateTicket>, IProbe<CreateTicket, TicketCreated>
{
    private const string Newest = "newest";
    private const string Relation = "Relates";
    private const int MostReads = 60;
    private const int MostMisses = 5;

    public TimeSpan Settle => TimeSpan.FromMinutes(3);

    public async Task<Outcome<TicketCreated>> RunAsync(CreateTicket action, ActionContext context)
    {
        var text = action.Description is null ? null : TicketText.Of(MarkdownText.Render(action.Description), jira.Cloud);
        var joined = await JoinedAsync(action, context.Cancel);
        var body = new JsonObject { ["fields"] = await FieldsAsync(action, text, joined, context), ["properties"] = Marks.Properties(context.IdempotencyKey) };
        if (joined == Joined.ByLink)
        {
            body["update"] = new JsonObject { ["issuelinks"] = new JsonArray(new JsonObject { ["add"] = LinkTicketsHandler.Body(null, action.Parent!, Relation) }) };
        }

        var made = Result((await jira.ActAsync(Method.Post, "issue", body, context)).Json.GetProperty("key").GetString()!);
        return await CompleteAsync(made, action, text?.Whole, joined, context) ? made : Outcome.Partial(made);
    }

    public async Task<Before> BeforeAsync(CreateTicket action, ActionContext context)
    {
        try
        {
            var found = await issues.SearchAsync($"project = {Jql.Quote(action.Project, false)} ORDER BY key DESC", 1, context.Cancel, "summary");
            var newest = found.Count == 0 ? 0 : IssueKey.NumberOf(found[0].GetProperty("key").GetString()!);
            return new Before(true, $"the newest is {action.Project}-{newest}", new Dictionary<string, string> { [Newest] = newest.ToString(CultureInfo.InvariantCulture) });
        }
        catch (ActionFailure failure) when (failure.Kind == FailureKind.Invalid)
        {
            // No such project: the create says so better.
            return new Before(true, "the project is not known");
        }
    }

    public async Task<ProbeAnswer<TicketCreated>> ProbeAsync(Intent<CreateTicket> intent, ActionContext context)
    {
        var project = intent.Action.Project;
        var labelled = await issues.SearchAsync($"project = {Jql.Quote(project, false)} AND labels = {Jql.Quote(Marks.LabelOf(intent.Key), false)}", 5, context.Cancel, "summary");
        foreach (var key in labelled.Select(issue => issue.GetProperty("key").GetString()!))
        {
            if (await IsOursAsync(key, intent.Key, context.Cancel) == true)
            {
                return ProbeAnswer.Happened(Result(key), $"{key} carries this step's key.");
            }
        }

        if (intent.Before?.Marks?.GetValueOrDefault(Newest) is not { } mark)
        {
            return ProbeAnswer.NotHappened<TicketCreated>($"No ticket in {project} has this step's label.");
        }

        var after = int.Parse(mark, CultureInfo.InvariantCulture);
        for (int number = after + 1, misses = 0; number <= after + MostReads && misses < MostMisses; number++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{project.ToUpperInvariant()}-{number}");
            switch (await IsOursAsync(key, intent.Key, context.Cancel))
            {
                case true:
                    return ProbeAnswer.Happened(Result(key), $"{key} carries this step's key.");
                case null:
                    misses++;
                    break;
                default:
                    misses = 0;
                    break;
            }
        }

        return ProbeAnswer.NotHappened<TicketCreated>($"No ticket after {project}-{after} carries this step's key, and none has its label.");
    }

    private TicketCreated Result(string key) => new(key, jira.PageOf(key));

    /// <summary>Null where there is no such ticket.</summary>
    private async Task<bool?> IsOursAsync(string key, string stepKey, CancellationToken cancel) =>
        await jira.FindAsync($"issue/{key}", cancel, ("fields", "summary"), ("properties", Marks.Property)) is { } issue ? Marks.KeyIn(issue) == stepKey : null;

    private async Task<Joined> JoinedAsync(CreateTicket action, CancellationToken cancel)
    {
        if (action.Parent is not { } parent)
        {
            return Joined.Not;
        }

        await issues.ReadAsync(parent, cancel);
        return await screen.JoinAsync(action.Project, action.Type, cancel);
    }

    private async Task<JsonObject> FieldsAsync(CreateTicket action, TicketText? text, Joined joined, ActionContext context)
    {
        var summary = action.Summary.ReplaceLineEndings(" ").Trim();
        if (summary.Length == 0)
        {
            throw new ActionFailure(FailureKind.Invalid, "'summary' is empty; a ticket needs a title.");
        }

        var labels = (action.Labels ?? []).Select(Marks.Label).Where(label => label.Length > 0).Append(Marks.LabelOf(context.IdempotencyKey)).Distinct(StringComparer.Ordinal);
        var fields = new JsonObject
        {
            ["project"] = new JsonObject { ["key"] = action.Project },
            ["issuetype"] = new JsonObject { ["name"] = action.Type },
            ["summary"] = summary.Length <= 255 ? summary : summary[..254] + "…",
            ["labels"] = new JsonArray([.. labels.Select(label => (JsonNode)label)]),
        };
        if (text is not null)
        {
            fields["description"] = text.Body;
        }

        if (action.Priority is { } priority)
        {
            fields["priority"] = new JsonObject { ["name"] = priority };
        }

        if (action.Components is { Count: > 0 } components)
        {
            fields["components"] = new JsonArray([.. components.Select(component => (JsonNode)new JsonObject { ["name"] = component })]);
        }

        if (action.Assignee is { } assignee)
        {
            fields["assignee"] = await issues.PersonAsync(assignee, context.Cancel);
        }

        if (joined == Joined.AsChild)
        {
            fields["parent"] = new JsonObject { ["key"] = action.Parent };
        }

        foreach (var (id, value) in await issues.FieldsAsync(action.Fields, context.Cancel))
        {
            fields[id] = JsonSerializer.SerializeToNode(value);
        }

        return fields;
    }

    /// <summary>What a new ticket can't be made with: a file, and where its screen has no field for links, a link. The ticket stands whatever comes of it.</summary>
    private async Task<bool> CompleteAsync(TicketCreated made, CreateTicket action, string? whole, Joined joined, ActionContext context)
    {
        try
        {
            if (whole is not null)
            {
                await comments.KeepWholeAsync(made.Key, whole, context);
            }

            if (joined == Joined.ByLinkAfter)
            {
                await jira.ActAsync(Method.Post, "issueLink", LinkTicketsHandler.Body(made.Key, action.Parent!, Relation), context);
            }

            return true;
        }
        catch (ActionFailure)
        {
            return false;
        }
    }
}
