using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Runs;

namespace Responder.Web.Wire;

/// <summary>Problem documents that routes answer with.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "There is no such thing", what);

    public static ProblemHttpResult Conflict(string why) => Of(StatusCodes.Status409Conflict, "It can't be done now", why);

    public static ProblemHttpResult Invalid(string why, IDictionary<string, object?>? more = null) => TypedResults.Problem(
        why, statusCode: StatusCodes.Status422UnprocessableEntity, title: "What was sent does not fit", extensions: more);

    public static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);

    /// <summary>Why a signal was not taken.</summary>
    public static ProblemHttpResult Of(SignalResult result) => result.Status switch
    {
        SignalStatus.NotFound => NotFound(result.Message),
        SignalStatus.Forbidden => Of(StatusCodes.Status403Forbidden, "The role is not yours", result.Message),
        SignalStatus.Invalid => Invalid(result.Message),
        SignalStatus.Unavailable => Of(StatusCodes.Status503ServiceUnavailable, "The store can't write", result.Message),
        _ => Conflict(result.Message),
    };
}
