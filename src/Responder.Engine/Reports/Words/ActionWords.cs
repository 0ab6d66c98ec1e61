using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports.Words;

/// <summary>How an action is called in a report: as a thing to do, and as a thing done to a target.</summary>
/// <param name="Title"><c>Isolate host</c>.</param>
/// <param name="Past"><c>isolated {0}</c>, the target in place of <c>{0}</c>.</param>
internal sealed record ActionWords(string Title, string Past)
{
    private static readonly Dictionary<string, ActionWords> Known = new(StringComparer.Ordinal)
    {
        ["edr.isolate_host"] = new("Isolate host", "isolated {0}"),
        ["edr.release_host"] = new("Release host", "released {0} from isolation"),
        ["edr.kill_process"] = new("End process", "ended {0}"),
        ["edr.delete_folder"] = new("Delete folder", "deleted {0}"),
        ["edr.delete_file"] = new("Delete file", "deleted {0}"),
        ["edr.collect_file"] = new("Collect file as evidence", "collected a file from {0} as evidence"),
        ["edr.scan"] = new("Scan host", "scanned {0}"),
        ["edr.update_detection"] = new("Update detection", "updated the detection {0}"),
        ["identity.disable_user"] = new("Disable cloud account", "disabled the cloud account {0}"),
        ["identity.enable_user"] = new("Enable cloud account", "enabled the cloud account {0}"),
        ["identity.confirm_compromised"] = new("Mark account as compromised", "marked the account {0} as compromised"),
        ["identity.dismiss_risk"] = new("Dismiss account's risk", "dismissed the risk of the account {0}"),
        ["identity.revoke_sessions"] = new("Revoke sessions", "revoked the sessions of {0}"),
        ["identity.reset_password"] = new("Reset cloud password", "reset the cloud password of {0}"),
        ["directory.disable_user"] = new("Disable account on premises", "disabled the account {0} on premises"),
        ["directory.enable_user"] = new("Enable account on premises", "enabled the account {0} on premises"),
        ["directory.disable_computer"] = new("Disable computer account", "disabled the computer account {0}"),
        ["directory.enable_computer"] = new("Enable computer account", "enabled the computer account {0}"),
        ["directory.reset_password"] = new("Reset password on premises", "reset the password of {0} on premises"),
        ["tickets.create"] = new("Open ticket", "opened the ticket {0}"),
        ["tickets.comment"] = new("Comment on ticket", "commented on {0}"),
        ["tickets.attach"] = new("Attach file to ticket", "attached a file to {0}"),
        ["tickets.update"] = new("Update ticket", "updated {0}"),
        ["tickets.link"] = new("Link tickets", "linked {0}"),
        ["tickets.transition"] = new("Move ticket", "moved {0}"),
        ["tickets.close"] = new("Close ticket", "closed {0}"),
        ["siem.update_alert"] = new("Update alert", "updated the alert {0}"),
        ["siem.comment_alert"] = new("Comment on alert", "commented on the alert {0}"),
        ["chat.notify"] = new("Notify by chat", "told {0} by chat"),
        ["chat.ask"] = new("Ask by chat", "asked {0} by chat"),
        ["mail.send"] = new("Send mail", "sent a mail to {0}"),
        ["mail.ask"] = new("Ask by mail", "asked {0} by mail"),
        ["http.request"] = new("Call a REST API", "called {0}"),
    };

    private static readonly string[] TargetFields = ["hostname", "user", "key", "to", "path", "host", "id"];

    public static ActionWords For(string? action)
    {
        if (action is null)
        {
            return new("A step", "carried out {0}");
        }

        return Known.GetValueOrDefault(action) ?? new ActionWords(Human(action), $"carried out {action} on {{0}}");
    }

    /// <summary>What a step acted on, by the best name there is: the facts read for its intent, a host's name instead of its id, its inputs.</summary>
    public static string Target(StepTrace step, IReadOnlyDictionary<string, string> hostNames)
    {
        var host = Named(step, Sdk.TargetKind.Host) ?? HostName(step.In["host"].Text, hostNames);
        if (step.Is("edr.delete_folder", "edr.delete_file", "edr.collect_file"))
        {
            return On(step.Out["path"].Text ?? step.In["path"].Text, host);
        }

        if (step.Is("edr.kill_process"))
        {
            return On($"{step.In["image"].Text ?? "a process"} (PID {step.In["pid"].Text ?? "not known"})", host);
        }

        if (step.Is("tickets.create"))
        {
            return step.Out["key"].Text ?? step.In["summary"].Text ?? "a ticket";
        }

        if (step.Is("http.request"))
        {
            return $"{step.In["method"].Text ?? "GET"} {step.In["path"].Template ?? "a path"} ({step.Label})";
        }

        return host ?? step.Intent?.Targets.SelectMany(target => target.Names).FirstOrDefault() ?? FromInputs(step) ?? "no named target";
    }

    private static string? Named(StepTrace step, Sdk.TargetKind kind) =>
        step.Intent?.Targets.Where(target => target.Kind == kind).SelectMany(target => target.Names).FirstOrDefault();

    private static string? HostName(string? id, IReadOnlyDictionary<string, string> hostNames) => id is null ? null : hostNames.GetValueOrDefault(id, id);

    private static string On(string? what, string? host) => (what, host) switch
    {
        (null, null) => "no named target",
        (null, _) => host,
        (_, null) => what,
        _ => $"{what} on {host}",
    };

    private static string? FromInputs(StepTrace step)
    {
        foreach (var field in TargetFields)
        {
            var value = step.In[field];
            if ((value.Template ?? string.Join(", ", value.Texts)) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string Human(string action)
    {
        var dot = action.IndexOf('.', StringComparison.Ordinal);
        var verb = action[(dot + 1)..].Replace('_', ' ');
        return verb.Length == 0 ? $"An action ({action})" : $"{ReportWords.Capital(verb)}{(dot > 0 ? $" ({action[..dot]})" : "")}";
    }
}
