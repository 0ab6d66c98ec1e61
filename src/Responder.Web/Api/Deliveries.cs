using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Hosting;
using Responder.Hosting.Intake;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary>Takes deliveries of alerts, as many as there is room for.</summary>
/// <param name="intake">Where they go.</param>
/// <param name="budget">The room.</param>
/// <param name="node">The runs at work.</param>
/// <param name="options">The limits.</param>
internal sealed class Deliveries(AlertIntake intake, IntakeBudget budget, ResponderNode node, ServerOptions options)
{
    public async Task<Results<Accepted<IntakeResult>, ProblemHttpResult>> TakeAsync(string source, HttpContext http)
    {
        if (!intake.Knows(source))
        {
            return Problems.NotFound($"There is no alert source '{source}'; there are {string.Join(", ", intake.Sources)}.");
        }

        if (http.Request.ContentLength > options.AlertBytes)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "The delivery is too long", $"It has {http.Request.ContentLength} bytes; at most {options.AlertBytes} are taken. Send it in smaller ones.");
        }

        if (node.Store.Health is { CanWrite: false } health)
        {
            throw new StoreUnavailableException(health.Reason);
        }

        if (node.Host.LiveCount >= options.RunsAtWork)
        {
            return Full(http, $"{options.RunsAtWork} runs are at work.");
        }

        // One that was signed was read to see whether it is what was signed.
        using var delivery = http.Features.Get<IntakeBudget.Delivery>() ?? await budget.ReadAsync(http.Request, http.RequestAborted);
        if (delivery is null)
        {
            return Full(http, "Too many deliveries are on their way.");
        }

        var result = await intake.TakeAsync(source, delivery.Body, options.PublicAddress, http.RequestAborted);
        return result.Results.Any(one => one.Status != "invalid")
            ? TypedResults.Accepted((string?)null, result)
            : Problems.Invalid("Nothing in it is an alert.", new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = Reasons(result) });
    }

    private static List<RefusedItem> Reasons(IntakeResult result) =>
        [.. result.Results.Take(100).SelectMany((one, index) => one.Errors.Select(error => new RefusedItem(index, error.Reason)))];

    private static ProblemHttpResult Full(HttpContext http, string why)
    {
        http.Response.Headers.RetryAfter = "2";
        return Problems.Of(StatusCodes.Status429TooManyRequests, "Intake is full", $"{why} Nothing of this delivery was taken; send it again in a moment.");
    }
}

/// <summary>One thing in a delivery that is no alert.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Reason">Why.</param>
internal sealed record RefusedItem(int Index, string Reason);
