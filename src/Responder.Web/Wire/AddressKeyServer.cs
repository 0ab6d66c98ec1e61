using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Responder.Web.Answers;

namespace Responder.Web.Wire;

/// <summary>
/// The server, with keys and answer links' tokens taken out of addresses between it and the hosting layer: that layer writes the address to logs and traces before any
/// middleware runs.
/// </summary>
/// <param name="inner">The server.</param>
/// <param name="prefix">The path under which a proxy shows all of it; it may have been taken off on the way or not. Empty where there is none.</param>
internal sealed class AddressKeyServer(IServer inner, string prefix) : IServer
{
    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => inner.StartAsync(new Hiding<TContext>(application, prefix), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    /// <summary>Puts it around the server that is registered.</summary>
    public static void Wrap(IServiceCollection services, string prefix)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(registered);
        services.AddSingleton<IServer>(provider => new AddressKeyServer((IServer)(
            registered.ImplementationInstance ?? registered.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!)), prefix));
    }

    private sealed class Hiding<TContext>(IHttpApplication<TContext> application, string prefix) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            if (prefix.Length > 0 && contextFeatures.Get<IHttpRequestFeature>() is { } outer)
            {
                outer.PathBase = prefix;
                outer.Path = outer.Path.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase) ? outer.Path[prefix.Length..] : outer.Path;
            }

            if (contextFeatures.Get<IHttpRequestFeature>() is { } request && AddressKey.TakeFrom(request.Path) is var (path, key))
            {
                request.Path = path;
                request.RawTarget = path;
                contextFeatures.Set(key);
            }
            else if (contextFeatures.Get<IHttpRequestFeature>() is { } answer && AnswerAddress.TakeFrom(answer.Path) is var (page, token))
            {
                answer.Path = page;
                answer.RawTarget = page;
                contextFeatures.Set(token);
            }

            return application.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => application.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => application.DisposeContext(context, exception);
    }
}
