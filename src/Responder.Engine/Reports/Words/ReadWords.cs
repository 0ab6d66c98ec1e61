using Responder.Engine.Reports.Trace;

namespace Responder.Engine.Reports.Words;

/// <summary>What a read found, in a line: for actions that are known by what they return, else that it was carried out.</summary>
internal static class ReadWords
{
    public static string Summary(RunFacts facts, StepTrace step)
    {
        var (inputs, result) = (step.In, step.Out);
        return step.Action switch
        {
            "edr.find_host" => Join("Found the host", result["hostname"].Text, result["os"].Text, Online(result["online"].Truth), State(result["isolation"].Text)),
            "edr.find_hosts" => $"Found {Hosts(result)}",
            "edr.get_process" => $"Read the process {result["process"]["image"].Text ?? inputs["image"].Text ?? "asked for"} (PID {inputs["pid"].Text ?? "not known"}): {result["chain"].Text ?? "no chain recorded"}",
            "edr.list_processes" => $"Listed the processes of {facts.Target(step)}: {Number(result, "process")}",
            "edr.list_folder" => $"Listed {result["path"].Text ?? inputs["path"].Text ?? "a folder"}: {Amounts.Files(result["count"].Whole, result["bytes"].Whole) ?? "no sums returned"}",
            "edr.get_detection" => Join("Read the detection", result["title"].Text, result["status"].Text),
            "identity.find_user" or "directory.find_user" => Join("Found the account", result["upn"].Text ?? result["account"].Text, result["name"].Text, Enabled(result["enabled"].Truth)),
            "identity.list_groups" or "directory.list_groups" => $"Read the groups of {facts.Target(step)}: {Groups(result)}",
            "identity.list_sign_ins" => $"Read the sign-ins of {facts.Target(step)}: {Number(result, "sign-in")}, {Amounts.Count(result["failures"].Whole ?? 0)} failed",
            "identity.list_mfa_methods" => $"Read the sign-in methods of {facts.Target(step)}: {(result["has_mfa"].Truth == true ? "a second factor is set up" : "no second factor is set up")}",
            "directory.find_computer" => Join("Found the computer account", result["name"].Text, result["os"].Text, Enabled(result["enabled"].Truth)),
            "siem.search" => $"Searched the SIEM ({step.Label}): {(result["count"].Whole is { } count ? Amounts.Count(count, "result") : "no count returned")}",
            "siem.get_alert" => Join("Read the alert", result["title"].Text, result["status"].Text),
            "tickets.find" => $"Looked for tickets: {Number(result, "ticket")}",
            "tickets.get" => Join("Read the ticket", result["key"].Text, result["status"].Text),
            "http.request" => $"Called a REST API ({step.Label}): status {result["status"].Text ?? "not returned"}",
            _ => $"{ActionWords.For(step.Action).Title}: carried out",
        };
    }

    private static string Number(Fields result, string one) => result["count"].Whole is { } count ? Amounts.Count(count, one) : "not counted";

    private static string Hosts(Fields result) =>
        $"{Number(result, "host")}: {string.Join(", ", result["hosts"].Items.Select(host => host["hostname"].Text).OfType<string>().Take(5))}".TrimEnd(':', ' ');

    private static string Groups(Fields result) => result["privileged"].Texts.ToList() is { Count: > 0 } rights
        ? $"administrative rights by {string.Join(", ", rights.Take(5))}"
        : $"{Amounts.Count(result["groups"].Items.Count(), "group")}, none with administrative rights";

    private static string? Online(bool? online) => online switch { true => "online", false => "offline", null => null };

    private static string? Enabled(bool? enabled) => enabled switch { true => "enabled", false => "disabled", null => null };

    private static string? State(string? isolation) => isolation is null or "normal" ? null : $"isolation: {isolation.Replace('_', ' ')}";

    private static string Join(string what, params string?[] parts) => $"{what} {string.Join(", ", parts.OfType<string>())}".TrimEnd();
}
