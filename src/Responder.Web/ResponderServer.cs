using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging.Abstractions;
using Responder.Engine.Runs;
using Responder.Hosting;
using Responder.Hosting.Answers;
using Responder.Hosting.Catalog;
using Responder.Hosting.Cluster;
using Responder.Hosting.Intake;
using Responder.Web.Access;
using Responder.Web.Answers;
using Responder.Web.Api;
using Responder.Web.Components;
using Responder.Web.People;
using Responder.Web.Server;
using Responder.Web.Wire;

namespace Responder.Web;

/// <summary>The server: the API over a node.</summary>
public static class ResponderServer
{
    /// <summary>
    /// Makes a server over a node; starting it makes the first API key where there is none, waits until playbooks and sources are loaded, and begins to
    /// recover runs. It fails to start where a mapping file has problems.
    /// The node and the data folder stay the caller's: stop the server first, then dispose of them.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="options">How it is set up.</param>
    /// <exception cref="InvalidOperationException">A route does not say who may call it.</exception>
    public static WebApplication Build(ResponderNode node, ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebSetup.Begin(options.Urls, options.BodyBytes, options.PathPrefix);
        builder.WebHost.UseStaticWebAssets();
        if (options.Cluster is { } cluster)
        {
            // Before all else that starts: what recovers runs must know who lives.
            Join(builder, node, cluster);
        }

        Add(builder.Services, node, options);
        var app = builder.Build();
        Use(app, options);
        Map(app, options);
        RouteAccessExtensions.EnsureNamed(app);
        return app;
    }

    // Apart and not inlined, so that a node on its own does not load Orleans.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Join(WebApplicationBuilder builder, ResponderNode node, ClusterSettings cluster) => ClusterSetup.Add(builder, node, cluster, Dashboard.Add);

    private static void Add(IServiceCollection services, ResponderNode node, ServerOptions options)
    {
        var logs = options.Logs ?? NullLoggerFactory.Instance;
        services.AddSingleton(logs);
        services.AddSingleton(options);
        services.AddSingleton(node);
        services.AddSingleton(node.Services.Time);
        services.AddSingleton(node.Store.ApiKeys);
        services.AddSingleton(node.Store.Users);
        services.AddSingleton(node.Store.Audit);
        services.AddSingleton(node.Store);
        var loading = Loading.Begin(node, options, logs);
        services.AddSingleton(loading);
        services.AddSingleton(loading.Catalog);
        services.AddSingleton(_ => loading.Intake.GetAwaiter().GetResult());
        services.AddSingleton<ManualStart>();
        services.AddSingleton(options.Publishing);
        services.AddSingleton<PlaybookPress>();
        services.AddSingleton<AnswerDesk>();
        services.AddSingleton(_ => new IntakeBudget(options.IntakeBytes));
        services.AddSingleton<Deliveries>();
        services.AddSingleton(new SigningKeys(options.Folder, options.SigningSecret?.Reveal()));
        services.AddSingleton<IIds>(node.Ids);
        services.AddSingleton<KeyMaker>();
        services.AddSingleton<KeyLimits>();
        services.AddSingleton(provider => new KeySignIns(node.Store.Audit, node.Services.Time, logs.CreateLogger<KeySignIns>()));
        services.AddSingleton<SignedRequest>();
        services.AddSingleton(provider => new NodeWork(
            node, loading.Catalog, provider.GetRequiredService<AlertIntake>(), options.Feeds, options.PublicAddress, () => node.Host.LiveCount < options.RunsAtWork, logs, options.Audit, options.Retention,
            options.Cluster is not null));
        services.AddHostedService<NodeStart>();

        services.ConfigureHttpJsonOptions(json => JsonSetup.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<Failures>();
        services.AddOpenApi("v1", DocsApi.Describe);

        PageSchemes.Add(services, node.Store.Settings, options);
        PageSetup.Add(services);
        var permitted = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new PermissionCheck()).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(permitted).SetFallbackPolicy(permitted);
    }

    private static void Use(WebApplication app, ServerOptions options)
    {
        PagesMap.UseLate(app);
        app.UseRouting();
        WebSetup.Protect(app, options.IsReachedByHttps);
        PageFiles.Use(app);
        app.UseMiddleware<OwnOrigin>();
        app.UseMiddleware<StoreGate>();
        app.UseAuthentication();
        app.UseMiddleware<KeyRate>();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<FormToken>();
    }

    private static void Map(WebApplication app, ServerOptions options)
    {
        HealthApi.Map(app);
        AlertsApi.Map(app, options);
        RunsApi.Map(app);
        RunEventsApi.Map(app);
        RunDocumentsApi.Map(app);
        EvidenceApi.Map(app);
        ApprovalsApi.Map(app);
        EventsApi.Map(app);
        DelegationsApi.Map(app);
        AuditApi.Map(app);
        ContainmentApi.Map(app);
        KillSwitchApi.Map(app);
        PolicyApi.Map(app);
        PlaybooksApi.Map(app);
        ConnectorsApi.Map(app);
        KeysApi.Map(app);
        FeedsApi.Map(app);
        DocsApi.Map(app);
        AnswerPage.Map(app);
        UsersApi.Map(app);
        SessionApi.Map(app, options);
        ReportFiles.Map(app);
        PagesMap.Map(app);
        if (options.Cluster is not null)
        {
            Dashboard.Map(app);
        }
    }
}
