using Microsoft.Extensions.Logging;
using Responder.Engine.Host;
using Responder.Engine.Matching;
using Responder.Hosting.Catalog;
using Responder.Playbooks.Language;

namespace Responder.Hosting.Schedules;

/// <summary>Starts playbooks at the times of their <c>on.schedule</c>. A time that was missed while the program was down is not made up.</summary>
/// <param name="node">Where runs are started.</param>
/// <param name="catalog">The playbooks.</param>
/// <param name="pages">Where the pages are served; null where they are not.</param>
/// <param name="log">The log.</param>
public sealed partial class PlaybookSchedules(ResponderNode node, PlaybookCatalog catalog, string? pages, ILogger log)
{
    private static readonly TimeSpan OneNodeStarts = TimeSpan.FromDays(1);

    private readonly Dictionary<string, ScheduleTrigger> _known = new(StringComparer.Ordinal);
    private PlaybookSet? _seen;

    /// <summary>Brings the clock in line with the playbooks in force; where nothing changed it costs nothing.</summary>
    /// <param name="clock">The clock.</param>
    public async Task SyncAsync(Clock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var set = catalog.Current;
        if (ReferenceEquals(set, _seen))
        {
            return;
        }

        var wanted = set.Library.Playbooks.Values.Where(one => one.On.Schedule is not null).ToDictionary(one => one.Id, one => one.On.Schedule!, StringComparer.Ordinal);
        foreach (var gone in _known.Keys.Except(wanted.Keys).ToList())
        {
            await clock.ForgetAsync($"playbook/{gone}");
            _known.Remove(gone);
        }

        foreach (var (id, schedule) in wanted.Where(one => _known.GetValueOrDefault(one.Key) != one.Value))
        {
            await clock.AtAsync($"playbook/{id}", schedule.Cron, TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone ?? "UTC"), (due, cancel) => StartAsync(id, due, cancel));
            _known[id] = schedule;
        }

        _seen = set;
    }

    /// <summary>Starts a playbook for one of its times. For the same time it is started once, however many nodes do so.</summary>
    /// <param name="id">The playbook.</param>
    /// <param name="due">The time that it was due.</param>
    /// <param name="cancel">Ends waiting before the admission.</param>
    /// <returns>The run's id; null where none came of it.</returns>
    public async Task<string?> StartAsync(string id, DateTimeOffset due, CancellationToken cancel)
    {
        if (catalog.Current.PlanOf(id) is not { } plan)
        {
            return null;
        }

        var resolved = StartResolver.Resolve(plan.Root, null, null, node.Services.Time.GetUtcNow());
        if (resolved.Start is not { } start)
        {
            NotStarted(log, id, string.Join(' ', resolved.Problems.Select(problem => problem.Reason)));
            return null;
        }

        var keyed = start with { DedupeKey = $"schedule|{Sdk.Json.Time(due)}", DedupeWindow = OneNodeStarts };
        var admitted = await node.Starter.StartAsync(null, [new StartRequest(plan, keyed, null, "schedule", PageAddress: pages)], drive: true, cancel);
        return admitted.Runs[0] is { Status: "started" or "queued" } run ? run.RunId : null;
    }

    [LoggerMessage(1532, LogLevel.Error, "The schedule of '{Playbook}' can't start it: {Reason}")]
    private static partial void NotStarted(ILogger log, string playbook, string reason);
}
