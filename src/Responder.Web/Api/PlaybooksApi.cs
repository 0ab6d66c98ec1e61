using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Responder.Engine.Planning;
using Responder.Hosting.Catalog;
using Responder.Hosting.Intake;
using Responder.Playbooks.Language;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/playbooks</c>: those in force, and the check of others.</summary>
internal static class PlaybooksApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var playbooks = routes.MapGroup("/api/playbooks").WithTags("playbooks");
        playbooks.MapGet("", List).WithName("list_playbooks").WithSummary("The playbooks in force, and what is wrong with files that are not.").Needs(Permission.ReadPlaybooks);
        playbooks.MapGet("/{id}", Find).WithName("get_playbook").WithSummary("A playbook with its text; its ETag is the hash of the text.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadPlaybooks);
        playbooks.MapPut("/{id}", PutAsync).WithName("put_playbook").WithSummary("Publishes a playbook: with If-Match, so that nobody's version is overwritten. Where a second person is needed it is proposed (202).")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired)
            .Needs(Permission.WritePlaybooks);
        playbooks.MapGet("/{id}/versions", VersionsAsync).WithName("list_playbook_versions").WithSummary("What was published of a playbook at the pages or here, newest first.")
            .Needs(Permission.ReadPlaybooks);
        playbooks.MapPost("/validate", Validate).WithName("validate_playbook").WithSummary("Everything that is wrong with a playbook, with line, column, rule and hint.")
            .Needs(Permission.ReadPlaybooks);
        playbooks.MapPost("/plan", PlanAsync).WithName("plan_run").WithSummary("What a run would do: steps, inputs, gates, what policy says. Reads are done, nothing else.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.PlanRuns);
    }

    private static async Task<Results<Ok<PlaybookView>, Accepted<PlaybookProposed>, ProblemHttpResult>> PutAsync(
        string id, PlaybookOrder body, ClaimsPrincipal user, PlaybookPress press, PlaybookCatalog catalog, HttpContext http, CancellationToken cancel)
    {
        // `If-None-Match: *` is for a new one.
        var known = http.Request.GetTypedHeaders().IfMatch is [{ Tag: { Length: > 2 } tag }] ? tag.Value![1..^1] : null;
        if (known is null && !http.Request.GetTypedHeaders().IfNoneMatch.Any(one => one.Tag == "*"))
        {
            return Problems.Of(StatusCodes.Status428PreconditionRequired, "Say what you saw", "Send `If-Match` with the ETag of the playbook that you changed, or `If-None-Match: *` for a new one.");
        }

        var result = await press.PublishAsync(id, body.Text, known, Caller.Of(user).By, body.Comment ?? string.Empty, cancel);
        if (result.Status == PublishStatus.Proposed)
        {
            return TypedResults.Accepted($"/playbooks/{id}", new PlaybookProposed(id, "proposed", "Somebody else must publish it, at the pages."));
        }

        if (result.Status != PublishStatus.Published || result.Current is not { } current)
        {
            return result.Status == PublishStatus.Conflict ? Problems.Conflict(result.Problems[0]) : Problems.Invalid(result.Problems[0], new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = result.Problems });
        }

        http.Response.GetTypedHeaders().ETag = new EntityTagHeaderValue($"\"{current.Hash}\"");
        return TypedResults.Ok(PlaybookView.Of(current, catalog.Current));
    }

    private static async Task<Ok<VersionList>> VersionsAsync(string id, Responder.Hosting.ResponderNode node, CancellationToken cancel) =>
        TypedResults.Ok(new VersionList(await node.Store.PlaybookTexts.VersionsAsync(id, cancel)));

    private static Ok<PlaybookList> List(PlaybookCatalog catalog)
    {
        var set = catalog.Current;
        return TypedResults.Ok(new PlaybookList(
            [.. set.Library.Playbooks.Values.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => PlaybookItem.Of(one, set))], [.. set.Problems.Select(ProblemView.Of)], set.LoadedAt));
    }

    private static Results<Ok<PlaybookView>, ProblemHttpResult> Find(string id, PlaybookCatalog catalog, HttpResponse response)
    {
        var set = catalog.Current;
        if (!set.Library.Playbooks.TryGetValue(id, out var playbook))
        {
            return Problems.NotFound($"There is no playbook '{id}' without errors.");
        }

        response.GetTypedHeaders().ETag = new EntityTagHeaderValue($"\"{playbook.Hash}\"");
        return TypedResults.Ok(PlaybookView.Of(playbook, set));
    }

    private static async Task<Results<Ok<RunPlan>, ProblemHttpResult>> PlanAsync(StartRun body, ClaimsPrincipal user, ManualStart starter, CancellationToken cancel)
    {
        var (plan, problems) = await starter.PlanAsync(new ManualOrder(body.Playbook, Caller.Of(user).By, body.AlertId, body.Alert, body.Source, body.Inputs), cancel);
        return plan is null ? Problems.Invalid(problems[0], new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = problems }) : TypedResults.Ok(plan);
    }

    private static Ok<ValidationView> Validate(PlaybookText body, PlaybookPress press)
    {
        var problems = press.Judge(body.File ?? "playbook.yaml", body.Text).Problems.Select(ProblemView.Of).ToList();
        return TypedResults.Ok(new ValidationView(problems.TrueForAll(problem => problem.Level != ProblemLevel.Error), problems));
    }
}

/// <summary>The playbooks in force.</summary>
internal sealed record PlaybookList(IReadOnlyList<PlaybookItem> Items, IReadOnlyList<ProblemView> Problems, DateTimeOffset LoadedAt);

/// <summary>A playbook for lists.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">For people.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Attack">Technique ids.</param>
/// <param name="Tags">Free words.</param>
/// <param name="Hash">Of its text.</param>
/// <param name="StartsOn">What starts it: <c>alert</c>, <c>schedule</c>, <c>manual</c>; empty where it is only called.</param>
/// <param name="When">Which alerts.</param>
/// <param name="Inputs">What it needs.</param>
/// <param name="IsKept">True where its file has errors now, and this is how it was when it last had none.</param>
internal sealed record PlaybookItem(
    string Id, string Name, string? Description, string? Owner, IReadOnlyList<string> Attack, IReadOnlyList<string> Tags, string Hash, IReadOnlyList<string> StartsOn, string? When,
    IReadOnlyList<InputView> Inputs, bool IsKept)
{
    public static PlaybookItem Of(Playbook one, PlaybookSet set) => new(
        one.Id, one.Name, one.Description, one.Owner, one.Attack, one.Tags, one.Hash,
        [.. new[] { one.On.Alert is null ? null : "alert", one.On.Schedule is null ? null : "schedule", one.On.Manual ? "manual" : null }.OfType<string>()],
        one.On.Alert?.When.Source, [.. one.Inputs.Select(input => new InputView(input.Name, input.Type.ToString(), input.Description, input.Required))], set.Kept.Contains(one.File));
}

/// <summary>An input of a playbook.</summary>
internal sealed record InputView(string Name, string Type, string? Description, bool Required);

/// <summary>A playbook with its text.</summary>
internal sealed record PlaybookView(PlaybookItem Playbook, string File, string Text)
{
    public static PlaybookView Of(Playbook one, PlaybookSet set) => new(PlaybookItem.Of(one, set), one.File, one.Source);
}

/// <summary>A playbook to check.</summary>
/// <param name="Text">Its YAML.</param>
/// <param name="File">Its file, <c>my-playbook/playbook.yaml</c>, so that the folder's name can be compared with the id.</param>
internal sealed record PlaybookText(string Text, string? File = null);

/// <summary>What a check found.</summary>
/// <param name="Valid">True where nothing of it is an error.</param>
/// <param name="Problems">All of it.</param>
internal sealed record ValidationView(bool Valid, IReadOnlyList<ProblemView> Problems);

/// <summary>One finding, as <c>responder validate --output json</c> has it.</summary>
internal sealed record ProblemView(string File, int Line, int Column, string Rule, ProblemLevel Level, string Message, string? Hint)
{
    public static ProblemView Of(Playbooks.Language.Problem one) => new(one.File, one.At.Line, one.At.Column, one.Rule, one.Level, one.Message, one.Hint);
}

/// <summary>A playbook to publish.</summary>
/// <param name="Text">Its YAML.</param>
/// <param name="Comment">Why it is changed.</param>
internal sealed record PlaybookOrder(string Text, string? Comment = null);

/// <summary>A change that waits for a second person.</summary>
/// <param name="Id">The playbook.</param>
/// <param name="Status"><c>proposed</c>.</param>
/// <param name="Detail">What is to be done.</param>
internal sealed record PlaybookProposed(string Id, string Status, string Detail);

/// <summary>What was published.</summary>
internal sealed record VersionList(IReadOnlyList<Engine.Journal.PlaybookVersion> Items);
