using System.Globalization;
using System.Text.Json;
using Responder.Connectors.Jira.Client;
using Responder.Sdk;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Jira.Actions;

/// <summary>A file carries no mark but its name: a probe looks for one of that name and size that is newer than the newest of before.</summary>
[Recovery(Recover.Probe)]
internal sealed class AttachFileHandler(JiraClient jira, Comments comments) : IActionHandler<AttachFile, FileAttached>, IReadsBefore<AttachFile>, IProbe<AttachFile, FileAttached>
{
    private const string Newest = "newest";

    public async Task<Outcome<FileAttached>> RunAsync(AttachFile action, ActionContext context)
    {
        var bytes = await context.OpenAsync(action.File);
        var answer = await jira.AttachAsync(action.Key, NameOf(action), bytes, action.File.MediaType, context);
        context.Report(bytes.Length, bytes.Length, "bytes");
        return View(answer.Json.EnumerateArray().First());
    }

    public async Task<Before> BeforeAsync(AttachFile action, ActionContext context)
    {
        var files = await comments.FilesAsync(action.Key, context.Cancel);
        var newest = files.Select(IdOf).DefaultIfEmpty(0).Max();
        return new Before(true, $"{files.Count} files", new Dictionary<string, string> { [Newest] = newest.ToString(CultureInfo.InvariantCulture) });
    }

    public async Task<ProbeAnswer<FileAttached>> ProbeAsync(Intent<AttachFile> intent, ActionContext context)
    {
        var after = intent.Before?.Marks?.GetValueOrDefault(Newest) is { } mark ? long.Parse(mark, CultureInfo.InvariantCulture) : 0;
        var (key, name) = (intent.Action.Key, NameOf(intent.Action));
        var found = (await comments.FilesAsync(key, context.Cancel)).Where(file => IdOf(file) > after && Issues.Text(file, "filename") == name && SizeOf(file) == intent.Action.File.Size).ToList();
        return found.Count == 0
            ? ProbeAnswer.NotHappened<FileAttached>($"{key} has no new file '{name}' of {intent.Action.File.Size} bytes.")
            : ProbeAnswer.Happened(View(found[0]), $"{key} has a new file '{name}' of {intent.Action.File.Size} bytes.");
    }

    private static string NameOf(AttachFile action) => Marks.FileName(action.Name ?? action.File.Name);

    private static long IdOf(JsonElement file) => long.Parse(Issues.Text(file, "id") ?? "0", CultureInfo.InvariantCulture);

    private static long SizeOf(JsonElement file) => file.GetProperty("size").GetInt64();

    private static FileAttached View(JsonElement file) => new(Issues.Text(file, "id")!, Issues.Text(file, "filename")!, SizeOf(file));
}
