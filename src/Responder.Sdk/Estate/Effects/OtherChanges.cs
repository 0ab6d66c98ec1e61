using System.Text.Json;

namespace Responder.Sdk.Estate;

/// <summary>The SIEM raises an alert.</summary>
/// <param name="Id">Its id; one that is there already stays.</param>
/// <param name="Title">Its title.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="Alert">More of it, in the words of the normal form.</param>
public sealed record AlertRaised(string Id, string Title, string? Severity = null, IReadOnlyDictionary<string, JsonElement>? Alert = null) : Change
{
    internal override bool Counts => false;

    internal override void Apply(Company company, EstateEffect effect)
    {
        var alert = new SiemAlert { Title = Title, Severity = Severity, At = effect.At };
        foreach (var (name, value) in Alert ?? new Dictionary<string, JsonElement>())
        {
            alert.Alert[name] = value;
        }

        company.Siem.Alerts.TryAdd(Id, alert);
    }
}

/// <summary>An alert's status, owner or comments.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">A new status.</param>
/// <param name="Owner">A new owner.</param>
/// <param name="Comment">A new comment.</param>
public sealed record AlertChanged(string Id, string? Status = null, string? Owner = null, string? Comment = null) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var alert = company.Siem.Alert(Id);
        alert.Status = Status ?? alert.Status;
        alert.Owner = Owner ?? alert.Owner;
        alert.ChangedAt = effect.At;
        if (Comment is not null)
        {
            alert.Comments.Add(new Remark($"c{effect.Seq}", Comment, effect.At, effect.Key));
        }
    }
}

/// <summary>A message was posted or sent.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Channel"><c>chat</c> or <c>mail</c>.</param>
/// <param name="To">To whom.</param>
/// <param name="Title">Its heading or subject.</param>
/// <param name="Body">Its text.</param>
/// <param name="Choices">What may be answered.</param>
/// <param name="Reply">The scripted answer, settled now so that it is the same after a restart.</param>
public sealed record MessagePosted(
    string Id, string Channel, IReadOnlyList<string> To, string? Title, string Body, IReadOnlyList<string>? Choices = null, ScriptedReply? Reply = null) : Change
{
    internal override void Apply(Company company, EstateEffect effect) =>
        company.Outbox.Add(new PostedMessage(Id, Channel, To, Title, Body, Choices, Reply, effect.At, effect.Key));
}

/// <summary>A REST API was called in a way that acts.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Status">The status code that was answered.</param>
public sealed record RestCalled(string Method, string Path, int Status) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
    }
}
