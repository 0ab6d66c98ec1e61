using System.Globalization;
using Responder.Engine.Access;
using Responder.Web.Access;

namespace Responder.Web.Wire;

/// <summary>Tells a key that is used too often to come back. Behind sign-in: nobody else's requests are counted.</summary>
internal sealed class KeyRate(RequestDelegate next, KeyLimits limits, IProblemDetailsService problems)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<ApiKeyRow>() is { } key && limits.Count(key) is { } wait)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await problems.WriteAsync(new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails = { Status = 429, Title = "The key is used too often", Detail = $"The key '{key.Name}' may make {key.PerMinute} requests a minute. Nothing of this one was taken; send it again after the time in Retry-After." },
            });
            return;
        }

        await next(context);
    }
}
