using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Responder.Engine.Access;
using Responder.Web.Access;

namespace Responder.Web.People;

/// <summary>Who signs in how: pages by a session, the API by a key. A session is good for no route of the API, so that no other site can use it there.</summary>
internal static class PageSchemes
{
    private const string Either = "either";

    public static void Add(IServiceCollection services, IStoredSettings settings, ServerOptions options)
    {
        SharedKeys.SessionKeys.Add(services, settings, options);
        // Its keys are read when somebody signs in, not at every start.
        foreach (var early in services.Where(service => service.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly && service.ServiceType == typeof(IHostedService)).ToList())
        {
            services.Remove(early);
        }

        services.AddSingleton(provider => new OneTimeCodes(
            provider.GetRequiredService<Engine.Access.IUsers>(), new Lazy<IDataProtector>(() => provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("responder.codes")), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Accounts>();
        services.AddSingleton<FirstSignIn>();
        services.AddSingleton<Sessions>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "responder-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = options.IsReachedByHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        var authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, policy => policy.ForwardDefaultSelector = Select)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, null)
            .AddCookie(Sessions.Scheme, cookie => Sessions.Set(cookie, options));
        if (options.SignIn.Oidc is { } provider)
        {
            AddProvider(authentication, provider, options);
        }
    }

    // Apart and not inlined, so that its library is loaded where a provider is configured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddProvider(AuthenticationBuilder authentication, OidcSettings provider, ServerOptions options) =>
        authentication.AddOpenIdConnect(Provider.Scheme, oidc => Provider.Set(oidc, provider, options.PublicAddress));

    private static string Select(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>() switch
    {
        { IsPage: true } => Sessions.Scheme,
        // The pages of the docs are for both.
        { ByPassword: true } when http.Request.Cookies.ContainsKey(Sessions.Cookie) && http.Request.Headers.Authorization.Count == 0 => Sessions.Scheme,
        _ => ApiKeyHandler.Name,
    };
}
