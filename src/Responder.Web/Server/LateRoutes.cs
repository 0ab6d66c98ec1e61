using Microsoft.Extensions.Primitives;
using Responder.Web.Access;

namespace Responder.Web.Server;

/// <summary>
/// Routes that are made at the first call that may be for one of them. The pages' framework finds its components and compiles its hub when its routes are made; a server that
/// only takes alerts never needs that, and one that people look at needs it once they do.
/// </summary>
/// <param name="services">The server's services.</param>
/// <param name="map">Makes them.</param>
internal sealed class LateRoutes(IServiceProvider services, Action<IEndpointRouteBuilder> map) : EndpointDataSource, IDisposable
{
    private readonly Lock _making = new();
    private readonly CancellationTokenSource _made = new();
    private volatile IReadOnlyList<Endpoint>? _endpoints;

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => _endpoints ?? [];

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(_endpoints is null ? _made.Token : CancellationToken.None);

    /// <summary>Makes them, where that was not done yet. Whoever routes a call after this finds them.</summary>
    /// <exception cref="InvalidOperationException">A route does not say who may call it.</exception>
    public void Make()
    {
        if (_endpoints is not null)
        {
            return;
        }

        lock (_making)
        {
            if (_endpoints is null)
            {
                var routes = new Routes(services);
                map(routes);
                RouteAccessExtensions.EnsureNamed(routes);
                _endpoints = [.. routes.DataSources.SelectMany(source => source.Endpoints)];
                _made.Cancel();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _made.Dispose();

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider { get; } = services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);
    }
}
