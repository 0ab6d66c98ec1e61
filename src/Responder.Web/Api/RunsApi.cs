using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Hosting.Intake;
using Responder.Hosting.Views;
using Responder.Sdk;
using Responder.Web.Access;
using Responder.Web.Server;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/runs</c>: runs are started by hand, listed, cancelled, resumed, settled.</summary>
internal static class RunsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api/runs").WithTags("runs");
        runs.MapGet("", ListAsync).WithName("list_runs").WithSummary("Lists runs, newest first.").ProducesProblem(StatusCodes.Status400BadRequest).Needs(Permission.ReadRuns);
        runs.MapPost("", StartAsync).WithName("start_run").WithSummary("Starts a run by hand, on an alert that is here, on one that comes with it, or without.")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.WriteRuns);
        runs.MapGet("/{id}", FindAsync).WithName("get_run").WithSummary("A run with its steps, approvals and report.")
            .ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadRuns);
        Signals(runs.MapPost("/{id}/cancel", CancelAsync).WithName("cancel_run").WithSummary("Ends a run between effects.")).Needs(Permission.WriteRuns);
        Signals(runs.MapPost("/{id}/resume", ResumeAsync).WithName("resume_run").WithSummary("Lets a run go on that the kill switch held, or whose loop failed.")).Needs(Permission.WriteRuns);
        Signals(runs.MapPost("/{id}/steps/{step}/resolve", ResolveAsync).WithName("resolve_step").WithSummary("Settles a step in doubt; the step is given by its path."))
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.SettleSteps);

        static RouteHandlerBuilder Signals(RouteHandlerBuilder route) => route.ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<Page<RunListItem>>> ListAsync(
        ResponderNode node, CancellationToken cancel, string? status = null, string? playbook = null, string? alert_id = null, int? limit = null, string? cursor = null) =>
        TypedResults.Ok(await node.Store.Queries.ListAsync(new RunFilter(Status(status), playbook, alert_id, Paging.Of(limit), cursor), cancel));

    private static async Task<Results<Created<RunStarted>, ProblemHttpResult>> StartAsync(
        StartRun body, ClaimsPrincipal user, ManualStart starter, ServerOptions options, CancellationToken cancel)
    {
        var caller = Caller.Of(user);
        if (body.AlertId is not null && body.Alert is not null)
        {
            return Problems.Invalid("Give `alert_id` or `alert`, not both.");
        }

        if (body.Approve != AutoAnswer.Ask && !Scopes.Allow(caller.Scopes, Permission.AnswerApprovals))
        {
            return Problems.Of(StatusCodes.Status403Forbidden, "Not allowed", $"To answer a run's gates beforehand (`approve`) takes the scope {Permission.AnswerApprovals.Scope}.");
        }

        var result = await starter.StartAsync(
            new ManualOrder(body.Playbook, caller.By, body.AlertId, body.Alert, body.Source, body.Inputs, body.Approve), options.PublicAddress, cancel);
        return result.Run switch
        {
            null => Problems.Invalid(result.Problems[0], new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = result.Problems }),
            { Status: "skipped", Holder: var holder } => Problems.Conflict($"Run {holder} holds its slot, and the playbook's concurrency policy is skip."),
            var run => TypedResults.Created($"/api/runs/{run.RunId}", new RunStarted(run.RunId, run.Playbook, run.Status, run.Holder, result.AlertId)),
        };
    }

    private static async Task<Results<Ok<RunView>, ProblemHttpResult>> FindAsync(string id, ResponderNode node, TimeProvider time, CancellationToken cancel) =>
        await node.Store.Journal.ReadAsync(id, 0, cancel) is { } stored
            ? TypedResults.Ok(RunView.Of(stored, time.GetUtcNow(), node.Connections.Service<IEffectCounter>()?.Effects(id)))
            : NoRun(id);

    private static Task<Results<Ok<RunListItem>, ProblemHttpResult>> CancelAsync(string id, ClaimsPrincipal user, ResponderNode node, CancellationToken cancel, CancelOrder? body = null) =>
        SignalAsync(id, new CancelRun(Caller.Of(user).By, body?.Reason), node, cancel);

    private static Task<Results<Ok<RunListItem>, ProblemHttpResult>> ResumeAsync(string id, ClaimsPrincipal user, ResponderNode node, CancellationToken cancel) =>
        SignalAsync(id, new ResumeRun(Caller.Of(user).By), node, cancel);

    private static Task<Results<Ok<RunListItem>, ProblemHttpResult>> ResolveAsync(
        string id, string step, Resolution body, ClaimsPrincipal user, ResponderNode node, CancellationToken cancel) =>
        SignalAsync(id, new ResolveStep(step, body.As, body.Outputs, Caller.Of(user).By, body.Comment, body.Attempt), node, cancel);

    private static async Task<Results<Ok<RunListItem>, ProblemHttpResult>> SignalAsync(string id, RunSignal signal, ResponderNode node, CancellationToken cancel)
    {
        var result = await RunDoor.SignalAsync(node, id, signal, cancel);
        return result.Status == SignalStatus.Taken ? TypedResults.Ok((await node.Store.Queries.FindAsync(id, cancel))!) : Problems.Of(result);
    }

    private static RunStatus? Status(string? name) => name is null ? null
        : Enum.GetValues<RunStatus>().Where(one => Json.Word(one) == name).Select(one => (RunStatus?)one).FirstOrDefault()
        ?? throw new BadHttpRequestException($"`status` is none: '{name}'; there are {string.Join(", ", Enum.GetNames<RunStatus>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName))}.");

    private static ProblemHttpResult NoRun(string id) => Problems.NotFound($"There is no run {id}.");
}

/// <summary>A run to start.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="AlertId">An alert that is here.</param>
/// <param name="Alert">An alert, in any source's form.</param>
/// <param name="Source">The form of the alert; found by its shape where it is not said.</param>
/// <param name="Inputs">Inputs in place of the playbook's defaults.</param>
/// <param name="Approve"><c>all</c> or <c>none</c> answers every gate that an analyst may answer, and the journal says so.</param>
internal sealed record StartRun(
    string Playbook, string? AlertId = null, JsonElement? Alert = null, string? Source = null, IReadOnlyDictionary<string, JsonElement>? Inputs = null, AutoAnswer Approve = AutoAnswer.Ask);

/// <summary>A run that was started, or stands in a queue.</summary>
internal sealed record RunStarted(string RunId, string Playbook, string Status, string? Holder, string? AlertId);

/// <summary>Why a run is cancelled.</summary>
internal sealed record CancelOrder(string? Reason = null);

/// <summary>How a step in doubt ended.</summary>
/// <param name="As"><c>succeeded</c>, <c>failed</c>, or <c>repeat</c>.</param>
/// <param name="Outputs">With <c>succeeded</c>: the action's result.</param>
/// <param name="Comment">For the journal.</param>
/// <param name="Attempt">The step's <c>attempts</c> as you saw them, so that a later attempt is not settled by it.</param>
internal sealed record Resolution([property: System.Text.Json.Serialization.JsonPropertyName("resolution")] string As, JsonElement? Outputs = null, string? Comment = null, int? Attempt = null);
