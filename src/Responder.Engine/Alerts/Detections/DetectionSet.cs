using System.Text.Json;
using Responder.Playbooks.Mappings.Sigma;

namespace Responder.Engine.Alerts;

/// <summary>Rules that make an alert of one event.</summary>
internal sealed class DetectionSet(IReadOnlyList<SigmaRule> rules)
{
    /// <summary>Where rules match, the event becomes an alert: the most severe rule names it, techniques come from all.</summary>
    public void Apply(AlertDraft draft, JsonElement @event)
    {
        if (rules.Count == 0)
        {
            return;
        }

        var seen = new SigmaEvent(@event);
        var found = rules.Where(rule => rule.Matches(seen)).OrderByDescending(Score).ToList();
        if (found.Count == 0)
        {
            return;
        }

        var first = found[0];
        draft.IsEvent = false;
        draft.Title = first.Title;
        draft.Summary = first.Description ?? first.Title;
        draft.Score = Score(first);
        draft.Severity = SeverityScale.Word(first.Level);
        draft.Attack.InsertRange(0, found.SelectMany(rule => rule.Tags).SelectMany(tag => Values.Techniques(JsonSerializer.SerializeToElement(tag))));
        draft.Notes.AddRange(found.Skip(1).Take(20).Select(rule => $"rule: {rule.Title} ({rule.Id}) matched too."));
        foreach (var extract in found.SelectMany(rule => rule.Extract))
        {
            if (extract.From(seen) is { } value)
            {
                Set(draft, extract.Target, value.Trim('"', '\''));
            }
        }
    }

    private static int Score(SigmaRule rule) => rule.SeverityScore ?? SeverityScale.Score(SeverityScale.Word(rule.Level) ?? AlertSeverity.Medium) ?? 0;

    // What a rule takes from a command line: where files go, and where they come from.
    private static void Set(AlertDraft draft, string target, string value)
    {
        switch (target)
        {
            case "file.parent_folder" when draft.Files.Count == 0 && Parts.File(new AlertFile(null, ParentFolder: value)) is { } folder:
                draft.Files.Add(folder with { Path = folder.ParentFolder });
                break;
            case "file.path" when draft.Files.Count == 0 && Parts.File(new AlertFile(value)) is { } file:
                draft.Files.Add(file);
                break;
            case "user.email" when draft.Users.Count == 0 && Parts.User(value, null, null, null) is { } user:
                draft.Users.Add(user);
                break;
        }
    }
}
