using Microsoft.AspNetCore.Http.HttpResults;
using Responder.Hosting.Answers;
using Responder.Web.Access;
using Responder.Web.Wire;

namespace Responder.Web.Answers;

/// <summary>
/// <c>/answer/TOKEN</c>: where a person answers a question. A GET, as a link scanner makes one, shows the page and answers nothing; a POST answers, once.
/// The signed link is what lets one in, so the answer is unverified.
/// </summary>
internal static class AnswerPage
{
    private const int FormBytes = 32 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/answer/{token}", ShowAsync).ExcludeFromDescription().ForAnybody();
        routes.MapPost("/answer/{token}", TakeAsync).ExcludeFromDescription().WithMetadata(new BodyLimit(FormBytes)).ForAnybody();
    }

    private static async Task<ContentHttpResult> ShowAsync(HttpContext http, AnswerDesk desk)
    {
        var question = await desk.FindAsync(Token(http), http.RequestAborted);
        return Page(http, question is { State: QuestionState.Open } ? (200, AnswerHtml.Form(question)) : Nothing(question));
    }

    private static async Task<ContentHttpResult> TakeAsync(HttpContext http, AnswerDesk desk)
    {
        var form = http.Request.HasFormContentType
            ? await http.Request.ReadFormAsync(http.RequestAborted)
            : throw new BadHttpRequestException("The answer page sends a form; open the link and answer there.", StatusCodes.Status415UnsupportedMediaType);
        var choice = form["choice"].ToString();
        var (question, taken) = await desk.AnswerAsync(Token(http), choice, form["comment"], http.RequestAborted);
        return Page(http, taken
            ? (200, AnswerHtml.Thanks(question!, choice))
            : question is { State: QuestionState.Open } ? (422, AnswerHtml.Form(question, "Choose one of the answers.")) : Nothing(question));
    }

    private static (int Status, string Html) Nothing(AskedQuestion? question) => question switch
    {
        { State: QuestionState.Answered } => (409, AnswerHtml.Says("Already answered", "This question has its answer. If it was not yours, tell your security team by a way that you know.")),
        { } => (410, AnswerHtml.Says("Too late", "This question is closed; its time is over.")),
        null => (404, AnswerHtml.Says("No such question", "This link is not one of ours, or no longer. Check that it was copied whole.")),
    };

    private static string Token(HttpContext http) => http.Features.Get<AnswerAddress>()?.Token ?? string.Empty;

    private static ContentHttpResult Page(HttpContext http, (int Status, string Html) page)
    {
        http.Response.Headers.ContentSecurityPolicy = AnswerHtml.Policy;
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Content(page.Html, "text/html; charset=utf-8", statusCode: page.Status);
    }
}
