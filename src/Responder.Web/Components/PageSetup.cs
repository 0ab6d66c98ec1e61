using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor.Services;
using Responder.Web.Components.Live;

namespace Responder.Web.Components;

/// <summary>What the pages need of the server.</summary>
internal static class PageSetup
{
    /// <summary>No script but the server's own files. Styles may stand in the page: components and the editor place themselves by them.</summary>
    public const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void Add(IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitMaxRetained = 20;
            circuits.DetailedErrors = false;
        }).AddHubOptions(hub => hub.MaximumReceiveMessageSize = 1024 * 1024);
        services.AddMudServices();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, PageState>();
        services.AddSingleton(provider => new Editor.EditorHelp(provider.GetRequiredService<Hosting.ResponderNode>().Connections.Catalog));
        services.AddSingleton<Pulse>();
        services.AddSingleton<RunCache>();
        services.AddScoped<PageDesk>();
        services.AddSingleton(provider => new Server.LateRoutes(provider, PagesMap.Make));
    }
}
