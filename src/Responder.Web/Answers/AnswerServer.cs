using Microsoft.Extensions.Logging.Abstractions;
using Responder.Hosting;
using Responder.Hosting.Answers;
using Responder.Web.Server;
using Responder.Web.Wire;

namespace Responder.Web.Answers;

/// <summary>The answer page alone, for a run in the foreground: nothing else can be called, and no other run is woken.</summary>
public static class AnswerServer
{
    private const int BodyBytes = 64 * 1024;

    /// <summary>Starts it. The node stays the caller's.</summary>
    /// <param name="node">The node whose questions are answered.</param>
    /// <param name="url">Where it listens.</param>
    /// <param name="logs">Where messages go; nowhere where it is null.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<WebApplication> StartAsync(ResponderNode node, string url, ILoggerFactory? logs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(node);
        var builder = WebSetup.Begin([url], BodyBytes);
        builder.Services.AddSingleton(logs ?? NullLoggerFactory.Instance);
        builder.Services.AddSingleton(node);
        builder.Services.AddSingleton<AnswerDesk>();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Failures>();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        var app = builder.Build();
        WebSetup.Protect(app, reachedByHttps: false);
        AnswerPage.Map(app);
        await app.StartAsync(cancel);
        return app;
    }
}
