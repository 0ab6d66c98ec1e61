using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Responder.Web.Answers;

namespace Responder.Web.Wire;

/// <summary>
/// The server, with keys and answer links' tokens taken out of addresses between it and the hosting layer: that layer writes the address to logs and traces before any
/// middleware runs.
/// </summary>
/// <param name="inner">The server.</param>
internal sealed class AddressKeyServer(IServer inner) : IServer
{
    public IFeatureCollection Features => inner.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => inner.StartAsync(new Hiding<TContext>(application), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    /// <summary>Puts it around the server that is registered.</summary>
    public static void Wrap(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(registered);
        services.AddSingleton<IServer>(provider => new AddressKeyServer((IServer)(
            registered.ImplementationInstance ?? registered.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }

    private sealed class Hiding<TContext>(IHttpApplication<TContext> application) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
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
