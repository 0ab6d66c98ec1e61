using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Hosting;
using Responder.Hosting.Catalog;
using Responder.Playbooks.Policies;
using Responder.Web.Access;

namespace Responder.Web.Api;

/// <summary><c>/api/policy</c>: what is in force, and what is wrong with the file as it is now.</summary>
internal static class PolicyApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/policy", Read).WithTags("policy").WithName("get_policy").WithSummary("The policy in force, its version, and what is wrong with the file as it is now.").Needs(Permission.ReadPolicy);

    private static Ok<PolicyView> Read(ResponderNode node) => TypedResults.Ok(node.Services.Policy is PolicyCatalog { Current: var standing } catalog
        ? new PolicyView(
            standing.Rules.Version, standing.Rules.Document.Hash, catalog.File is null ? null : Path.GetFileName(catalog.File), standing.Since, standing.IsKept,
            [.. standing.Problems.Select(problem => problem.ToString())], standing.Rules.Document.Source)
        : new PolicyView(node.Services.Policy.Version, PolicyFile.Default.Hash, null, null, false, [], PolicyFile.Default.Source));
}

/// <summary>The policy in force.</summary>
/// <param name="Version">Its author's word and the beginning of its hash, as answers carry it.</param>
/// <param name="Hash">Of its text.</param>
/// <param name="File">The file's name; null for the built-in policy.</param>
/// <param name="Since">Since when.</param>
/// <param name="Kept">True where the file has an error now, and an older text of it is in force.</param>
/// <param name="Problems">What is wrong with the file as it is now.</param>
/// <param name="Source">The text that is in force.</param>
internal sealed record PolicyView(string Version, string Hash, string? File, DateTimeOffset? Since, bool Kept, IReadOnlyList<string> Problems, string Source);
