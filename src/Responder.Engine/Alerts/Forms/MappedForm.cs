using System.Text.Json;
using Responder.Playbooks.Mappings;

namespace Responder.Engine.Alerts;

/// <summary>Fills a draft by a mapping file's queries.</summary>
internal static class MappedForm
{
    public static AlertDraft Read(AlertShape shape, JsonDocumentView document)
    {
        var draft = new AlertDraft { IsEvent = shape.IsEvent };
        var fields = new FieldSet(shape, document);
        draft.SourceId = fields.Text("source_id");
        draft.UpdateMark = fields.Text("update_mark");
        draft.Title = fields.Text("title");
        draft.Summary = fields.Text("summary");
        draft.Url = fields.Text("url");
        draft.Time = fields.Find("time") is { } time ? TimeText.Read(time) : null;
        if (fields.Find("time") is { ValueKind: JsonValueKind.String } given && draft.Time is null && Values.Text(given) is not null)
        {
            draft.Notes.Add("time: what the alert says was not understood as a time.");
        }

        Severity(draft, shape, fields);
        if (fields.Find("attack") is { } attack)
        {
            draft.Attack.AddRange(Values.Techniques(attack));
        }

        Lists(draft, fields);
        draft.Process = Process(fields);
        draft.Counts = new AlertCounts(fields.Number("counts.files"), fields.Number("counts.bytes"), fields.Number("counts.events"));
        return draft;
    }

    private static void Severity(AlertDraft draft, AlertShape shape, FieldSet fields)
    {
        var word = fields.Text("severity");
        draft.Severity = SeverityScale.Word(word);
        draft.Score = (int?)fields.Number("severity_score") is { } score ? Math.Clamp(score, 0, 100) : null;
        if (draft.Score is null && word is not null && shape.Severities.TryGetValue(word.Trim().ToLowerInvariant(), out var mapped))
        {
            draft.Score = mapped;
        }
    }

    private static void Lists(AlertDraft draft, FieldSet fields)
    {
        draft.Devices.AddRange(fields.Items("devices").Select(Parts.Device).OfType<AlertDevice>());
        var device = new AlertDevice(fields.Text("device.hostname"), fields.Text("device.id"), fields.Text("device.ip"), fields.Text("device.os"));
        if (device != AlertDevice.None)
        {
            draft.Devices.Insert(0, device);
        }

        draft.Users.AddRange(fields.Items("users").Select(Parts.User).OfType<AlertUser>());
        if (Parts.User(fields.Text("user.email"), fields.Text("user.name"), fields.Text("user.sid"), fields.Text("user.domain")) is { } user)
        {
            draft.Users.Insert(0, user);
        }

        draft.Files.AddRange(fields.Items("files").Select(Parts.File).OfType<AlertFile>());
        var file = Parts.File(new AlertFile(
            fields.Text("file.path"), fields.Text("file.name"), fields.Text("file.parent_folder"),
            fields.Find("file.sha256") is { } hash ? Values.Sha256(hash) : null, fields.Number("file.size")));
        if (file is not null)
        {
            draft.Files.Insert(0, file);
        }

        draft.Indicators.AddRange(fields.Items("indicators").Select(Parts.Indicator).OfType<AlertIndicator>());
    }

    private static AlertProcess? Process(FieldSet fields)
    {
        var whole = fields.Find("process") is { } given ? Parts.Process(given) : null;
        var process = One(fields, "process") is { } found ? found with { Parent = One(fields, "process.parent") } : One(fields, "process.parent") is { } parent
            ? new AlertProcess(null, Parent: parent) : null;
        return process ?? whole;
    }

    private static AlertProcess? One(FieldSet fields, string name)
    {
        var process = new AlertProcess(
            fields.Number($"{name}.pid"), fields.Text($"{name}.image"), fields.Text($"{name}.cmd_line"), fields.Find($"{name}.sha256") is { } hash ? Values.Sha256(hash) : null);
        return process.IsEmpty ? null : process;
    }
}
