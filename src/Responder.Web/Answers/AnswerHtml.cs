using System.Net;
using System.Security.Cryptography;
using System.Text;
using Responder.Hosting.Answers;
using Responder.Sdk.Markup;

namespace Responder.Web.Answers;

/// <summary>The answer page. It holds no script, loads nothing, and says no more of the run than the question does.</summary>
internal static class AnswerHtml
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
        h1{font-size:1.3rem}label{display:block;margin:.4rem 0}textarea{width:100%;min-height:5rem;font:inherit}
        fieldset{border:1px solid #c8ccd1;border-radius:.4rem;margin:1rem 0}button{font:inherit;padding:.5rem 1.2rem}
        .note{color:#57606a;font-size:.9rem}pre,code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
        @media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}.note{color:#9198a1}}
        """;

    /// <summary>What the page may do: its own style, and a form to itself.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The question, to be answered.</summary>
    public static string Form(AskedQuestion question, string? problem = null) => Page(question.Title ?? "A question for you", $"""
        {(problem is null ? string.Empty : $"<p role=\"alert\"><strong>{Text(problem)}</strong></p>")}
        <div>{MarkdownHtml.Write(question.Markdown)}</div>
        <form method="post">
        <fieldset><legend>Your answer</legend>
        {string.Concat(question.Choices.Select(choice => $"<label><input type=\"radio\" name=\"choice\" value=\"{Text(choice)}\" required> {Text(choice)}</label>"))}
        </fieldset>
        <label for="comment">Anything to add (optional)</label>
        <textarea id="comment" name="comment" maxlength="{AnswerDesk.CommentLimit}"></textarea>
        <p><button type="submit">Send the answer</button></p>
        </form>
        <p class="note">Asked of {Text(question.To)}. The first answer counts; it cannot be changed afterwards. If you were not expecting this, ask your security team by a way that you know.</p>
        """);

    /// <summary>Thanks.</summary>
    public static string Thanks(AskedQuestion question, string choice) => Page("Thank you", $"<p>Your answer “{Text(choice)}” was taken. You can close this page.</p><p class=\"note\">Asked of {Text(question.To)}.</p>");

    /// <summary>There is nothing to answer.</summary>
    public static string Says(string title, string text) => Page(title, $"<p>{Text(text)}</p>");

    private static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>{Text(title)}</title><style>{Style}</style></head>
        <body><main><h1>{Text(title)}</h1>
        {body}
        </main></body></html>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
