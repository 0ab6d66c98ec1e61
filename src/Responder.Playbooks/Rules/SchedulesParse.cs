using Quartz;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Rules;

/// <summary>A schedule's cron and time zone can be read, by the program that will run it.</summary>
internal sealed class SchedulesParse : Rule
{
    public override string Id => "RSP020";

    public override string Title => "A schedule's `cron` is Quartz syntax, and its `timezone` is known.";

    public override void Check(Draft draft, Findings findings)
    {
        if (draft.Playbook?.On.Schedule is not { } schedule || (draft.Yaml.Root as YamlMap)?["on"] is not YamlMap on || on["schedule"] is not YamlMap map)
        {
            return;
        }

        if (schedule.Cron.Length > 0 && !IsCron(schedule.Cron))
        {
            var parts = schedule.Cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            findings.Add(map["cron"]!.At, $"'{schedule.Cron}' is no cron of Quartz", parts.Length == 5
                ? $"Quartz begins with seconds, and day of month or of week is ?: 0 {parts[0]} {parts[1]} {(parts[4] == "*" ? parts[2] : parts[2] == "*" ? "?" : parts[2])} {parts[3]} {(parts[4] == "*" ? "?" : parts[4])}"
                : "seconds, minutes, hours, day of month, month, day of week: 0 0 6 ? * MON-FRI");
        }

        if (schedule.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            findings.Add(map["timezone"]!.At, $"there is no time zone '{zone}'", "write an IANA name: Europe/Berlin, America/New_York, UTC");
        }
    }

    // Apart, so that Quartz is loaded where there is a schedule.
    private static bool IsCron(string text) => CronExpression.TryParse(text, out _);
}
