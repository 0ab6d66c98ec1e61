using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Engine.Reports;
using Responder.Hosting;
using Responder.Hosting.Views;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/runs/{id}/report</c>: the incident report in the form that the caller accepts. <c>/api/runs/{id}/graph</c>: its picture.</summary>
internal static class RunDocumentsApi
{
    private static readonly (string Type, string Sent, Func<IncidentReport, string> Write)[] Forms =
    [
        ("text/markdown", "text/markdown; charset=utf-8", ReportMarkdown.Write),
        ("text/html", "text/html; charset=utf-8", ReportHtml.Write),
        ("application/json", "application/json; charset=utf-8", ReportJson.Write),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/runs/{id}/report", ReadAsync).WithTags("runs").WithName("get_run_report")
            .WithSummary("A run's incident report as it stands: Markdown, HTML or JSON, by `Accept`.")
            .Produces<string>(StatusCodes.Status200OK, Forms[0].Type, Forms[1].Type, Forms[2].Type)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status406NotAcceptable).Needs(Permission.ReadRuns);
        routes.MapGet("/api/runs/{id}/graph", DrawAsync).WithTags("runs").WithName("get_run_graph")
            .WithSummary("A run as a picture: the definition that it is pinned to, each step coloured by how it stands.")
            .Produces<string>(StatusCodes.Status200OK, "image/svg+xml").ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ReadRuns);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadAsync(string id, HttpContext http, ResponderNode node, TimeProvider time, CancellationToken cancel)
    {
        if (Chosen(http.Request) is not { } form)
        {
            return Problems.Of(StatusCodes.Status406NotAcceptable, "The report has no such form", $"It can be had as {string.Join(", ", Forms.Select(one => one.Type))}.");
        }

        if (await node.Store.Journal.ReadAsync(id, 0, cancel) is not { } stored)
        {
            return Problems.NotFound($"There is no run {id}.");
        }

        Shield(http.Response);
        http.Response.Headers.Vary = "Accept";
        return TypedResults.Content(form.Write(IncidentReport.From([.. stored.Events.Select(JournalCodec.Read)], time.GetUtcNow())), form.Sent);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> DrawAsync(string id, HttpContext http, ResponderNode node, CancellationToken cancel)
    {
        if (await node.Store.Journal.ReadAsync(id, 0, cancel) is not { } stored)
        {
            return Problems.NotFound($"There is no run {id}.");
        }

        Shield(http.Response);
        return TypedResults.Content(await RunGraph.SvgAsync(node, stored, cancel), "image/svg+xml; charset=utf-8");
    }

    // The text of alerts and authors is in it: made harmless by the writer, and by the browser a second time.
    private static void Shield(HttpResponse response) => response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private static (string Type, string Sent, Func<IncidentReport, string> Write)? Chosen(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().Accept;
        if (wanted.Count == 0)
        {
            return Forms[0];
        }

        foreach (var one in wanted.Where(one => one.Quality is not 0).OrderByDescending(one => one.Quality ?? 1))
        {
            foreach (var form in Forms)
            {
                if (new Microsoft.Net.Http.Headers.MediaTypeHeaderValue(form.Type).IsSubsetOf(one))
                {
                    return form;
                }
            }
        }

        return null;
    }
}
