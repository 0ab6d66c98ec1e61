using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Engine.Journal;
using Responder.Hosting;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Api;

/// <summary><c>/api/events</c>: events that runs wait for.</summary>
internal static partial class EventsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/events/{name}", SendAsync).WithTags("events").WithName("send_event")
        .WithSummary("Sends an event to the runs that wait for its name or will; kept 24 h. A header `Idempotency-Key` makes a repeated one count once.")
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity).Needs(Permission.WriteEvents);

    private static async Task<Results<Accepted<EventReceipt>, ProblemHttpResult>> SendAsync(
        string name, JsonElement body, HttpRequest request, ResponderNode node, TimeProvider time, CancellationToken cancel)
    {
        if (!Name().IsMatch(name))
        {
            return Problems.Invalid($"'{name}' is no name of an event: letters, digits, `.`, `_`, `-`, `:`, at most 200 of them.");
        }

        // Replies to a step's question go by the step's key, which who knows the run can work out: they come from the product that was asked, never by this way.
        if (StepKey().IsMatch(name))
        {
            return Problems.Invalid("A name of 64 hex digits is a step's key, and stands for the answer to its question; events have other names.");
        }

        var key = request.Headers["Idempotency-Key"].FirstOrDefault();
        if (key is { Length: > 200 })
        {
            return Problems.Invalid("`Idempotency-Key` has at most 200 characters.");
        }

        var id = string.IsNullOrEmpty(key) ? node.Ids.New() : $"{name}/{key}";
        var waiting = await node.Store.Inbox.PutAsync(new InboxEvent(id, name, time.GetUtcNow(), body), cancel);
        foreach (var runId in waiting)
        {
            // Not waited for: the event is stored, and the sweep wakes what this does not.
            _ = node.Runs.WakeAsync(runId);
        }

        return TypedResults.Accepted((string?)null, new EventReceipt(id, name, waiting.Count));
    }

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,200}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex StepKey();
}

/// <summary>An event that is stored.</summary>
/// <param name="EventId">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Woken">How many runs wait for it now.</param>
internal sealed record EventReceipt(string EventId, string Name, int Woken);
