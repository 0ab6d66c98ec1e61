using Responder.Sdk;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>A feed of a product behind a wire: limits, failures, an alert that changes while the pages are read.</summary>
public abstract class ProductFeedContract : AlertFeedContract
{
    /// <summary>Changes an alert at the product.</summary>
    protected abstract void Change(Sdk.Estate.MockEstate estate, string id);

    /// <summary>False where the product's list is of what was raised, and a change does not bring an alert back into it.</summary>
    protected virtual bool TellsChanges => true;

    [Fact]
    public async Task A_limit_that_ends_is_waited_for_and_one_that_lasts_is_told_with_its_end()
    {
        await using var world = await OpenAsync(Plant(Seven));
        world.Emulator!.Faults.Add(new WireFault { Status = 429, RetryAfter = TimeSpan.FromSeconds(3), Times = 1 });
        AssertSix(await PagesAsync(world, First, 2));

        world.Emulator.Faults.Add(new WireFault { Status = 429, RetryAfter = TimeSpan.FromMinutes(4) });
        var failure = await Assert.ThrowsAsync<ActionFailure>(() => PagesAsync(world, First, 2));
        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.InRange(failure.RetryAfter ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(WireFaultKind.Answer)]
    [InlineData(WireFaultKind.Drop)]
    public async Task A_product_that_fails_in_the_middle_is_told_as_that_and_read_whole_afterwards(WireFaultKind kind)
    {
        await using var world = await OpenAsync(Plant(Seven));
        await PagesAsync(world, First.AddHours(8), 2);
        world.Emulator!.Faults.Add(new WireFault { Do = kind, Status = 500, After = 1 });
        Assert.Equal(FailureKind.Transient, (await Assert.ThrowsAsync<ActionFailure>(() => PagesAsync(world, First, 2))).Kind);
        world.Emulator.Faults.Clear();
        AssertSix(await PagesAsync(world, First, 2));
    }

    [Fact]
    public async Task An_alert_that_changes_between_two_pages_lets_no_other_slip_through()
    {
        await using var world = await OpenAsync(Plant(Seven));
        var feed = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Sdk.Alerts.IAlertFeed>(world.Connection.Services);
        var seen = new List<string>();
        string? next = null;
        for (var number = 0; number == 0 || next is not null; number++)
        {
            var page = await feed.ReadAsync(new Sdk.Alerts.AlertQuery(First, next, 2), TestContext.Current.CancellationToken);
            seen.AddRange(page.Alerts.Select(IdOf));
            next = page.Next;
            if (number == 0)
            {
                Change(world.Estate, Id("A-1"));
            }
        }

        Assert.Superset(Seven.Take(6).Select(one => Id(one.Id)).ToHashSet(), seen.ToHashSet());
        var changed = (await PagesAsync(world, HalfPast, 500)).SelectMany(page => page.Alerts.Select(IdOf));
        Assert.Equal(TellsChanges ? [Id("A-1")] : [], changed);
    }
}
