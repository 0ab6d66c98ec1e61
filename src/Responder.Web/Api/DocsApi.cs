using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Responder.Web.Access;
using Scalar.AspNetCore;

namespace Responder.Web.Api;

/// <summary><c>/openapi/v1.json</c> and a readable page of it at <c>/docs</c>. Nothing of the page comes from elsewhere.</summary>
internal static class DocsApi
{
    private const string Scheme = "api_key";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").Needs(Permission.ReadDocs, byPassword: true);
        routes.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("Responder API").WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableAgent();
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
        }).Needs(Permission.ReadDocs, byPassword: true);
    }

    public static void Describe(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Responder",
                Version = typeof(DocsApi).Assembly.GetName().Version?.ToString(3) ?? "0",
                Description = "Alerts come in, playbooks run, people decide. Errors are problem documents (RFC 9457); lists take `limit` and `cursor`; times are RFC 3339 in UTC.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key. The first one is in the data folder's file `api-key`." };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<RouteAccess>().LastOrDefault() is { Needs: { } needed })
            {
                operation.Description = $"Needs the scope `{needed.Scope}`, or the role `{needed.Role}`.";
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
                operation.Responses ??= [];
                operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No API key, or an unknown or revoked one." });
                operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The API key may not do this." });
            }

            return Task.CompletedTask;
        });
    }
}
