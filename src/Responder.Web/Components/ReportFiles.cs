using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Components;

/// <summary>The incident report as a file, for those who are signed in at the pages.</summary>
internal static class ReportFiles
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/runs/{id}/report.md", (string id, ResponderNode node, TimeProvider time, CancellationToken cancel) =>
            ReadAsync(id, "md", "text/markdown; charset=utf-8", ReportMarkdown.Write, node, time, cancel)).ExcludeFromDescription().NeedsPerson(Permission.ReadRuns);
        routes.MapGet("/runs/{id}/report.html", (string id, ResponderNode node, TimeProvider time, CancellationToken cancel) =>
            ReadAsync(id, "html", "text/html; charset=utf-8", ReportHtml.Write, node, time, cancel)).ExcludeFromDescription().NeedsPerson(Permission.ReadRuns);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadAsync(
        string id, string ending, string type, Func<IncidentReport, string> write, ResponderNode node, TimeProvider time, CancellationToken cancel) =>
        await node.Store.Journal.ReadAsync(id, 0, cancel) is { } stored
            ? TypedResults.File(
                System.Text.Encoding.UTF8.GetBytes(write(IncidentReport.From([.. stored.Events.Select(JournalCodec.Read)], time.GetUtcNow()))), type, $"report-{stored.RunId}.{ending}")
            : Problems.NotFound($"There is no run {id}.");
}
