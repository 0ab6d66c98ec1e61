using System.CommandLine;
using Responder.Hosting;
using Responder.Web.Answers;

namespace Responder.Cli;

/// <summary>The answer page of a run in the foreground: no server can answer for it, since the data folder is this process's.</summary>
internal static class AnswersHere
{
    public static Option<string?> Urls() => new("--urls") { Description = "Where to serve the answer page of chat.ask and mail.ask while the run goes; where it is not said, at PublicAddress if that is on loopback, else nowhere." };

    /// <summary>Serves it where that was asked for, and says where people answer; else questions fail with the reason instead of waiting for nobody.</summary>
    /// <returns>Null where nothing is served.</returns>
    public static async Task<IAsyncDisposable?> ServeAsync(ResponderNode node, string? url, ILoggerFactory? logs, CancellationToken cancel)
    {
        var links = node.Connections.Answers;
        var own = links.Address is { } known && new Uri(known).IsLoopback ? known : null;
        if (url is null && (own is null || node.Connections.Mode == "mock"))
        {
            links.ServedNowhere();
            return null;
        }

        try
        {
            var app = await AnswerServer.StartAsync(node, url ?? own!, logs, cancel);
            links.ServedAt(app.Urls.First());
            await Console.Error.WriteLineAsync($"Questions are answered at {links.Address}/answer/…{(links.Address == app.Urls.First() ? string.Empty : $", which must lead to {app.Urls.First()}")}.");
            return app;
        }
        catch (Exception exception) when (exception is IOException or FormatException or InvalidOperationException)
        {
            if (url is not null)
            {
                throw new BadInputException($"--urls {url}: {exception.Message}");
            }

            links.ServedNowhere();
            await Console.Error.WriteLineAsync($"Nobody can answer questions of this run: {exception.Message} Give --urls, or end what listens there.");
            return null;
        }
    }
}
