using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Responder.Engine.Journal;
using Responder.Hosting.Intake;
using Responder.Storage;

namespace Responder.Web.Wire;

/// <summary>What was thrown, as a problem document (RFC 9457). What is nobody's business outside is in the log only.</summary>
/// <param name="problems">Writes the documents.</param>
/// <param name="log">The log.</param>
internal sealed partial class Failures(IProblemDetailsService problems, ILogger<Failures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var (status, title, detail) = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, "The body is too long", exception.Message),
            BadHttpRequestException bad => (bad.StatusCode, "The request can't be read", Explain(bad)),
            StoreUnavailableException => (StatusCodes.Status503ServiceUnavailable, "The store can't write", exception.Message + " Send it again later."),
            StoreClosedException or ObjectDisposedException => (StatusCodes.Status503ServiceUnavailable, "The server is being stopped", "Send it again in a moment."),
            System.Data.Common.DbException { IsTransient: true } => (StatusCodes.Status503ServiceUnavailable, "The store can't be read", "The database does not answer just now. Send it again in a moment."),
            StoreRefusedException => (StatusCodes.Status422UnprocessableEntity, "The store can't keep this", exception.Message),
            UnknownEventException => (StatusCodes.Status409Conflict, "A newer node has this run", exception.Message),
            ArgumentException { ParamName: "cursor" } => (StatusCodes.Status400BadRequest, "The cursor is none", exception.Message),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong here", "The log says what, under this trace id."),
        };
        if (status == StatusCodes.Status500InternalServerError)
        {
            Failed(log, exception, httpContext.Request.Method, httpContext.Request.Path, httpContext.TraceIdentifier);
        }

        httpContext.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "5";
        }

        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = { Status = status, Title = title, Detail = detail } });
        return true;
    }

    private static string Explain(BadHttpRequestException bad) => bad.InnerException is JsonException json
        ? $"The body is not what is wanted at {json.Path ?? "$"}{(json.LineNumber is { } line ? $", line {line + 1}" : string.Empty)}: {json.Message.Split(" Path:")[0]}"
        : bad.Message;

    [LoggerMessage(1601, LogLevel.Error, "{Method} {Path} failed ({TraceId})")]
    private static partial void Failed(ILogger log, Exception exception, string method, string path, string traceId);
}
