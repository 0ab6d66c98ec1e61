using System.Text.Json.Nodes;
using Responder.Sdk;
using Responder.Sdk.Chat;

namespace Responder.Connectors.Teams.Cards;

/// <summary>A message as Workflows takes it: one Adaptive Card.</summary>
internal static class Card
{
    /// <summary>Teams refuses a message of about 28 KB; some of it is its own.</summary>
    private const int Limit = 20_000;

    private const string Cut = "*(cut: the rest is in the run)*";

    /// <summary>Builds it; a text that is too long is cut.</summary>
    /// <param name="to">A person's mail address, which the flow reads as <c>recipient</c>; or a channel's name.</param>
    /// <param name="title">A heading.</param>
    /// <param name="markdown">The text.</param>
    /// <param name="context">The step, whose key stands on the card so that two of the same can be known as one.</param>
    /// <param name="buttons">What opens where.</param>
    public static JsonObject Write(string to, string? title, string markdown, ActionContext context, params (string Title, Uri Url)[] buttons)
    {
        for (var room = Limit; ; room = room * 3 / 4)
        {
            var message = Write(to, title, MarkdownText.Fit(markdown, room, Cut).Text, context.IdempotencyKey, context.RunUrl, buttons);
            if (message.ToJsonString().Length <= Limit)
            {
                return message;
            }
        }
    }

    private static JsonObject Write(string to, string? title, string markdown, string key, Uri? run, (string Title, Uri Url)[] buttons)
    {
        var body = new JsonArray();
        if (title is { Length: > 0 })
        {
            body.Add(CardText.Runs([CardText.Run(title, bold: true)], "large"));
        }

        foreach (var block in CardText.Write(markdown))
        {
            body.Add(block);
        }

        body.Add(CardText.Runs([CardText.Run($"responder {key[..16]}", subtle: true)], "small"));
        var actions = buttons.Concat(run is null ? [] : [("Open the run", run)]);
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json", ["type"] = "AdaptiveCard", ["version"] = "1.4", ["body"] = body,
            ["actions"] = new JsonArray([.. actions.Select(button => (JsonNode)new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = button.Item1, ["url"] = button.Item2.AbsoluteUri })]),
        };
        var message = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["contentUrl"] = null, ["content"] = card }),
        };
        message[to.Contains('@', StringComparison.Ordinal) ? "recipient" : "channel"] = to;
        return message;
    }
}
