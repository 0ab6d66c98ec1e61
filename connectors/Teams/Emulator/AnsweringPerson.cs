using Responder.Sdk.Emulation;

namespace Responder.Connectors.Teams.Emulator;

/// <summary>What the person who got a card does: those of the estate who have a scripted reply open the link and answer there. Only a page on loopback is opened.</summary>
internal static class AnsweringPerson
{
    private static readonly HttpClient Browser = new() { Timeout = TimeSpan.FromSeconds(20) };

    public static async Task AnswerAsync(EmulatorSite site, string to, IReadOnlyList<string> blocks, Uri page)
    {
        const string before = "Answers: ";
        var choices = blocks.FirstOrDefault(block => block.StartsWith(before, StringComparison.Ordinal))?[before.Length..].Split(" / ") ?? [];
        if (site.Estate.Read(company => company.People.GetValueOrDefault(to)?.Answer(string.Join(' ', blocks), choices)) is not { } reply)
        {
            return;
        }

        try
        {
            using var shown = await Browser.GetAsync(page);
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["choice"] = reply.Answer, ["comment"] = reply.Comment ?? string.Empty });
            using var taken = await Browser.PostAsync(page, form);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // Whoever asked is not there any more: as with a person, the question stays unanswered.
        }
    }
}
