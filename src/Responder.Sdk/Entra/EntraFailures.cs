using System.Globalization;
using System.Text.RegularExpressions;

namespace Responder.Sdk.Entra;

/// <summary>Sorts what went wrong at a sign-in.</summary>
internal static partial class EntraFailures
{
    public static ActionFailure Of(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is ActionFailure failure)
            {
                return failure;
            }

            if (inner is Microsoft.Identity.Client.MsalServiceException { StatusCode: >= 400 } refused)
            {
                return refused.StatusCode == 429 || refused.StatusCode >= 500
                    ? new ActionFailure(
                        refused.StatusCode == 429 ? FailureKind.RateLimited : FailureKind.Transient, $"Entra ID answered the sign-in with {refused.StatusCode.ToString(CultureInfo.InvariantCulture)}.", exception)
                    {
                        Code = refused.ErrorCode, TraceId = refused.CorrelationId, RetryAfter = refused.Headers?.RetryAfter?.Delta,
                    }
                    : new ActionFailure(FailureKind.Unauthorized, $"Entra ID refused the sign-in: {FirstLine(refused.Message)}", exception)
                    {
                        Code = Code().Match(refused.Message) is { Success: true } code ? code.Value : refused.ErrorCode, TraceId = refused.CorrelationId,
                    };
            }
        }

        return new ActionFailure(FailureKind.Unauthorized, $"The sign-in to Entra ID failed: {FirstLine(exception.GetBaseException().Message)}", exception);
    }

    private static string FirstLine(string message)
    {
        var line = message[(Code().Match(message) is { Success: true } code ? code.Index : 0)..];
        return line.Split('\n', 2)[0].Split(" Trace ID:", 2)[0].Trim();
    }

    [GeneratedRegex("AADSTS[0-9]+")]
    private static partial Regex Code();
}
