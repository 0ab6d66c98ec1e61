using System.Text.Json;
using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Tickets;
using RestSharp;

namespace Responder.Connectors.Jira.Client;

/// <summary>A move of a ticket to another status.</summary>
/// <param name="Key">The ticket's key.</param>
/// <param name="Wanted">The status's name or category.</param>
/// <param name="Resolution">Set with it.</param>
/// <param name="Comment">Added before it, Markdown.</param>
/// <param name="Labels">Added before it.</param>
internal sealed record Move(string Key, string Wanted, string? Resolution, string? Comment, IReadOnlyList<string> Labels)
{
    /// <summary>Without a <see cref="Resolution"/>: the first of these that the transition takes.</summary>
    public IReadOnlyList<string> Resolutions { get; init; } = [];
}

/// <summary>Moves tickets: the transition is picked by its target each time, since ids differ from workflow to workflow.</summary>
internal sealed class Moves(JiraClient jira, Issues issues, Comments comments)
{
    public async Task<Outcome<TicketChanged>> MakeAsync(Move move, ActionContext context)
    {
        var issue = await issues.ReadAsync(move.Key, context.Cancel);
        var there = IsThere(issue, move.Wanted);
        var transition = there ? null : await PickAsync(move, issue, context.Cancel);

        // Before the transition: what it takes besides differs from screen to screen, and a closed ticket may take no comment.
        var labels = move.Labels.Except(Issues.LabelsOf(issue.GetProperty("fields")), StringComparer.Ordinal).ToList();
        if (labels.Count > 0)
        {
            await jira.ActAsync(Method.Put, $"issue/{move.Key}", AddLabels(labels), context);
        }

        if (move.Comment is { } comment)
        {
            await comments.AddAsync(move.Key, comment, context);
        }

        if (transition is { } body)
        {
            await jira.ActAsync(Method.Post, $"issue/{move.Key}/transitions", body, context);
        }

        var now = issues.View(await issues.ReadAsync(move.Key, context.Cancel));
        var changed = new TicketChanged(now.Key, now.Status, Note(move, there, now));
        return there && labels.Count == 0 && move.Comment is null ? Outcome.AlreadySo(changed) : changed;
    }

    public async Task<Before> BeforeAsync(Move move, ActionContext context)
    {
        var issue = await issues.ReadAsync(move.Key, context.Cancel);
        var status = Issues.StatusOf(issue);
        return new Before(!IsThere(issue, move.Wanted), status, new Dictionary<string, string> { ["status"] = status });
    }

    public async Task<ProbeAnswer<TicketChanged>> ProbeAsync(Move move, Before? before, ActionContext context)
    {
        var issue = await issues.ReadAsync(move.Key, context.Cancel);
        var (key, status) = (issue.GetProperty("key").GetString()!, Issues.StatusOf(issue));
        return IsThere(issue, move.Wanted) ? ProbeAnswer.Happened(new TicketChanged(key, status), $"{key} is in {status}.")
            : before?.Marks?.GetValueOrDefault("status") is not { } was ? ProbeAnswer.CannotTell<TicketChanged>($"{key} is in {status}; what it was in before is not known.")
            : was == status ? ProbeAnswer.NotHappened<TicketChanged>($"{key} is in {status}, as before.")
            : ProbeAnswer.Happened(new TicketChanged(key, status, "moved on by someone"), $"{key} was in {was} and is in {status}: moved on by someone.");
    }

    /// <summary>Moves a ticket outside a run; one that is there already is left alone.</summary>
    /// <param name="issue">The ticket as it was read.</param>
    /// <param name="category">The category of the wanted status.</param>
    /// <param name="resolutions">What it is closed as, where the transition asks for that: the first of these that it takes.</param>
    /// <param name="cancel">Ends waiting.</param>
    public async Task TellAsync(JsonElement issue, string category, IReadOnlyList<string> resolutions, CancellationToken cancel)
    {
        if (!IsThere(issue, category))
        {
            var key = issue.GetProperty("key").GetString()!;
            var body = await PickAsync(new Move(key, category, null, null, []) { Resolutions = resolutions }, issue, cancel);
            await jira.ChangeAsync(Method.Post, $"issue/{key}/transitions", body, null, cancel);
        }
    }

    public static JsonObject AddLabels(IEnumerable<string> labels) => new()
    {
        ["update"] = new JsonObject { ["labels"] = new JsonArray([.. labels.Select(label => (JsonNode)new JsonObject { ["add"] = label })]) },
    };

    private static string? Note(Move move, bool wasThere, TicketFound now) => move.Resolution is null || string.Equals(now.Resolution, move.Resolution, StringComparison.OrdinalIgnoreCase)
        ? wasThere ? "was there already" : null
        : wasThere ? $"was closed already as '{now.Resolution}'"
        : $"this workflow's transition takes no resolution: it is '{now.Resolution ?? "none"}', not '{move.Resolution}'";

    private static bool IsThere(JsonElement issue, string wanted)
    {
        var status = issue.GetProperty("fields").GetProperty("status");
        return string.Equals(Issues.Text(status, "name"), wanted, StringComparison.OrdinalIgnoreCase) || Issues.CategoryOf(status) == wanted;
    }

    private async Task<JsonObject> PickAsync(Move move, JsonElement issue, CancellationToken cancel)
    {
        var offered = (await jira.GetAsync($"issue/{move.Key}/transitions", cancel, ("expand", "transitions.fields"))).GetProperty("transitions").EnumerateArray()
            .Where(one => !one.TryGetProperty("isAvailable", out var can) || can.ValueKind != JsonValueKind.False).ToList();
        var named = offered.Where(one => string.Equals(Issues.Text(one.GetProperty("to"), "name"), move.Wanted, StringComparison.OrdinalIgnoreCase));
        var fit = named.Concat(offered.Where(one => Issues.CategoryOf(one.GetProperty("to")) == move.Wanted)).ToList();
        if (fit.Count == 0)
        {
            throw await NotOfferedAsync(move, issue, offered, cancel);
        }

        // Of two ways to the same end the one that takes the resolution.
        var best = fit.FirstOrDefault(one => move.Resolution is not null && ResolutionsOf(one) is not null) is { ValueKind: JsonValueKind.Object } taking ? taking : fit[0];
        var body = new JsonObject { ["transition"] = new JsonObject { ["id"] = Issues.Text(best, "id") } };
        var allowed = ResolutionsOf(best);
        if ((move.Resolution ?? move.Resolutions.FirstOrDefault(one => allowed?.Contains(one, StringComparer.OrdinalIgnoreCase) == true)) is { } resolution && allowed is not null)
        {
            var name = allowed.FirstOrDefault(one => string.Equals(one, resolution, StringComparison.OrdinalIgnoreCase))
                ?? throw new ActionFailure(FailureKind.Invalid, $"{move.Key} can't be closed as '{resolution}'. It takes: {string.Join(", ", allowed)}.");
            body["fields"] = new JsonObject { ["resolution"] = new JsonObject { ["name"] = name } };
        }

        return body;
    }

    private static List<string>? ResolutionsOf(JsonElement transition) =>
        transition.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty("resolution", out var resolution)
            && resolution.TryGetProperty("allowedValues", out var allowed)
            ? [.. allowed.EnumerateArray().Select(one => Issues.Text(one, "name")!)]
            : null;

    private async Task<ActionFailure> NotOfferedAsync(Move move, JsonElement issue, IReadOnlyList<JsonElement> offered, CancellationToken cancel)
    {
        var types = await jira.GetAsync($"project/{IssueKey.ProjectOf(issue.GetProperty("key").GetString()!)}/statuses", cancel);
        var exists = types.EnumerateArray().SelectMany(type => type.GetProperty("statuses").EnumerateArray())
            .Any(status => string.Equals(Issues.Text(status, "name"), move.Wanted, StringComparison.OrdinalIgnoreCase) || Issues.CategoryOf(status) == move.Wanted);
        return new ActionFailure(
            exists ? FailureKind.Conflict : FailureKind.Invalid,
            $"{move.Key} is in {Issues.StatusOf(issue)} and can't go to '{move.Wanted}' from there. It can go to: {string.Join(", ", offered.Select(one => Issues.Text(one.GetProperty("to"), "name")))}.");
    }
}
