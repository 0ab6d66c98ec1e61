using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Audit;
using Responder.Engine.Journal;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/audit</c>: who did what.</summary>
internal static class AuditApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/audit", ListAsync).WithTags("audit").WithName("list_audit")
        .WithSummary("Who did what, newest first: decisions, effects, policy's answers, playbooks, sign-ins, keys, accounts, settings, kill switches. A page may be short and still have a next one.")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.ReadAudit);

    private static async Task<Results<Ok<Page<AuditRecord>>, ProblemHttpResult>> ListAsync(
        IAuditLog audit, string? kind, string? by, string? run_id, DateTimeOffset? since, DateTimeOffset? until, int? limit, string? cursor, CancellationToken cancel) =>
        kind is not null && !AuditKinds.All.Contains(kind)
            ? Problems.Invalid($"`kind` is '{kind}'; there are {string.Join(", ", AuditKinds.All)}.")
            : TypedResults.Ok(await audit.ListAsync(new AuditFilter(kind, by, run_id, since, until, Paging.Of(limit), cursor), cancel));
}
