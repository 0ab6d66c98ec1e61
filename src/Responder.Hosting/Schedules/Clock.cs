using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Quartz;
using Quartz.Extensibility;

namespace Responder.Hosting.Schedules;

/// <summary>What is done again and again, by Quartz: in memory, because what was missed while the program was down is not made up.</summary>
public sealed partial class Clock : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<DateTimeOffset, CancellationToken, Task>> _work = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private IScheduler _scheduler = null!;

    private Clock(TimeProvider time, ILogger log) => (_time, _log) = (time, log);

    /// <summary>Starts it.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    /// <param name="cancel">Ends waiting.</param>
    public static async Task<Clock> StartAsync(TimeProvider time, ILogger log, CancellationToken cancel)
    {
        var clock = new Clock(time, log);
        clock._scheduler = await QuartzSchedulerBuilder
            .Create(quartz => quartz
                .ConfigureScheduler(options => options.InstanceName = $"responder-{Guid.NewGuid():N}")
                .UseTimeProvider(time)
                .UseInMemoryStore()
                .UseJobFactory(new Jobs(clock)))
            .BuildScheduler(cancel);
        await clock._scheduler.Start(cancel);
        return clock;
    }

    /// <summary>Does something now and at intervals; never twice at once.</summary>
    /// <param name="name">Its name; what has the name already is replaced.</param>
    /// <param name="every">How often.</param>
    /// <param name="work">What; gets the time that it was due.</param>
    public Task EveryAsync(string name, TimeSpan every, Func<DateTimeOffset, CancellationToken, Task> work) => ScheduleAsync(name, work, TriggerBuilder.Create(_time)
        .WithIdentity(name).StartNow()
        .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount)).Build());

    /// <summary>Does something at the times of a cron; one that was missed is not made up.</summary>
    /// <param name="name">Its name; what has the name already is replaced.</param>
    /// <param name="cron">Quartz syntax.</param>
    /// <param name="zone">The time zone it is meant in.</param>
    /// <param name="work">What; gets the time that it was due.</param>
    public Task AtAsync(string name, string cron, TimeZoneInfo zone, Func<DateTimeOffset, CancellationToken, Task> work) => ScheduleAsync(name, work, TriggerBuilder.Create(_time)
        .WithIdentity(name)
        .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.DoNothing)).Build());

    /// <summary>Does it no longer.</summary>
    /// <param name="name">Its name.</param>
    public async Task ForgetAsync(string name)
    {
        _work.TryRemove(name, out _);
        await _scheduler.DeleteJob(new JobKey(name), CancellationToken.None);
    }

    /// <summary>Ends it; waits for what is under way.</summary>
    public async ValueTask DisposeAsync() => await _scheduler.Shutdown(true, CancellationToken.None);

    private async Task ScheduleAsync(string name, Func<DateTimeOffset, CancellationToken, Task> work, ITrigger trigger)
    {
        await ForgetAsync(name);
        _work[name] = work;
        await _scheduler.ScheduleJob(JobBuilder.Create<Job>().WithIdentity(name).DisallowConcurrentExecution(true).Build(), trigger, cancellationToken: CancellationToken.None);
    }

    [LoggerMessage(1531, LogLevel.Error, "{Name} failed; it is done again at its next time")]
    private static partial void Failed(ILogger log, Exception exception, string name);

    private sealed class Job(Clock clock) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            var name = context.JobDetail.Key.Name;
            try
            {
                if (clock._work.TryGetValue(name, out var work))
                {
                    await work(context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);
                }
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Failed(clock._log, failure, name);
            }
        }
    }

    private sealed class Jobs(Clock clock) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) => new(new JobScope(new Job(clock), null));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
