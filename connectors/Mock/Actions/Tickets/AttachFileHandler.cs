using System.Globalization;
using Responder.Sdk;
using Responder.Sdk.Estate;
using Responder.Sdk.Tickets;

namespace Responder.Connectors.Mock.Actions.Tickets;

[Recovery(Recover.Probe)]
internal sealed class AttachFileHandler(MockEstate estate) : IActionHandler<AttachFile, FileAttached>, IProbe<AttachFile, FileAttached>
{
    public TimeSpan Settle => estate.Read(company => company.Settle);

    public async Task<Outcome<FileAttached>> RunAsync(AttachFile action, ActionContext context)
    {
        var bytes = await context.OpenAsync(action.File);
        var key = estate.Read(company => company.Tickets.Ticket(action.Key).Key);
        await context.ConfirmMayActAsync();
        var done = estate.Do(EffectBy.Step("tickets.attach", key, context), company =>
            new FileOnTicket(key, company.Tickets.NextId.ToString(CultureInfo.InvariantCulture), action.Name ?? action.File.Name, bytes.Length))!;
        context.Report(bytes.Length, bytes.Length, "bytes");
        var file = (FileOnTicket)done.Change!;
        return new FileAttached(file.Id, file.Name, file.Size);
    }

    public Task<ProbeAnswer<FileAttached>> ProbeAsync(Intent<AttachFile> intent, ActionContext context) => Task.FromResult(estate.Read(company =>
    {
        var name = intent.Action.Name ?? intent.Action.File.Name;
        var found = company.Tickets.Ticket(intent.Action.Key).Attachments.TakeLast(50)
            .FirstOrDefault(file => file.Key == intent.Key && file.Name == name && file.Size == intent.Action.File.Size);
        return found is null
            ? ProbeAnswer.NotHappened<FileAttached>($"{intent.Action.Key} has no file '{name}' of this step.")
            : ProbeAnswer.Happened(new FileAttached(found.Id, found.Name, found.Size), $"{intent.Action.Key} has '{name}' of this step.");
    }));
}
