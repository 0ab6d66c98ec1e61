using System.Security.Claims;
using Responder.Hosting;
using Responder.Hosting.Evidence;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/runs/{id}/evidence</c>: all that is kept of a run, as one signed zip.</summary>
internal static class EvidenceApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/runs/{id}/evidence", ExportAsync).WithTags("runs").WithName("get_run_evidence")
        .WithSummary("A run's evidence pack: journal, definition, alert, report and files with their hashes, signed.")
        .Produces(StatusCodes.Status200OK, contentType: "application/zip").ProducesProblem(StatusCodes.Status404NotFound).Needs(Permission.ExportEvidence);

    private static async Task<IResult> ExportAsync(string id, ClaimsPrincipal user, ResponderNode node, ServerOptions options, CancellationToken cancel)
    {
        if (await node.Store.Queries.FindAsync(id, cancel) is null)
        {
            return Problems.NotFound($"There is no run {id}.");
        }

        using var key = await EvidenceKey.OpenAsync(options.Folder, cancel);

        // Made whole before the first byte goes out: an answer that was begun can't become an error.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        try
        {
            await new EvidencePack(node, key).WriteAsync(id, Caller.Of(user).By, file, cancel);
            file.Position = 0;
            return TypedResults.Stream(file, "application/zip", $"evidence-{id}.zip");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
