using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Tests.Bench;
using Responder.Sdk;
using Responder.Sdk.Alerts;
using Responder.Sdk.Estate;

namespace Responder.Connectors.Tests.Contracts;

/// <summary>What a run's start and end write to the product's alert: each once, however often it is told.</summary>
public abstract class AlertWriteBackContract : ContractSuite
{
    /// <summary>An alert of the sample company, by the product's id.</summary>
    protected abstract string Alert { get; }

    /// <summary>The source whose alerts these are.</summary>
    protected abstract string Source { get; }

    /// <summary>Who works on alerts, in the product's terms, and as the company has it.</summary>
    protected virtual (string Given, string Kept) Assignee => ("mlee@company.com", "mlee@company.com");

    /// <summary>The alert as it was received.</summary>
    protected virtual JsonElement Raw => JsonSerializer.Deserialize<JsonElement>("{}");

    /// <summary>The alert as the company has it.</summary>
    protected abstract AtProduct Look(Company company);

    /// <summary>The status of an alert that somebody works on, and of one that is settled and was what it said.</summary>
    protected abstract (string InProgress, string Resolved) Words { get; }

    [Fact]
    public async Task The_start_is_written_once()
    {
        await using var world = await OpenAsync();
        var news = Start();
        await WriteAsync(world, news);
        var effects = world.Estate.History.Count;
        await WriteAsync(world, news);
        Assert.Equal(effects, world.Estate.History.Count);
        var alert = world.Estate.Read(Look);
        Assert.Equal((Words.InProgress, Assignee.Kept), (alert.Status, alert.Assignee));
        Assert.Equal(news.Comment, Assert.Single(alert.Comments));
    }

    [Fact]
    public async Task The_end_settles_it_and_leaves_who_it_is_assigned_to()
    {
        await using var world = await OpenAsync();
        await WriteAsync(world, Start());
        var end = End(AlertWork.Resolved, AlertVerdict.TruePositive);
        await WriteAsync(world, end);
        var effects = world.Estate.History.Count;
        await WriteAsync(world, end);
        Assert.Equal(effects, world.Estate.History.Count);
        var alert = world.Estate.Read(Look);
        Assert.Equal((Words.Resolved, Assignee.Kept), (alert.Status, alert.Assignee));
        Assert.Equal([Start().Comment, end.Comment], alert.Comments);
    }

    [Fact]
    public async Task A_run_that_settled_nothing_leaves_it_in_progress_with_a_comment()
    {
        await using var world = await OpenAsync();
        await WriteAsync(world, Start());
        await WriteAsync(world, End(AlertWork.InProgress, AlertVerdict.None));
        var alert = world.Estate.Read(Look);
        Assert.Equal((Words.InProgress, 2), (alert.Status, alert.Comments.Count));
    }

    [Fact]
    public async Task A_comment_arrives_as_it_was_written()
    {
        await using var world = await OpenAsync();
        var news = Start() with { Comment = "It said \"x' | delete\" & <b>%24(id)</b> {code} *a* ${{ x }} äö 日本 \\ [responder/r-1/start]" };
        await WriteAsync(world, news);
        Assert.Equal(news.Comment, Assert.Single(world.Estate.Read(Look).Comments));
    }

    [Fact]
    public async Task An_alert_that_is_not_there_is_told_as_that()
    {
        await using var world = await OpenAsync();
        Assert.Equal(FailureKind.NotFound, (await Assert.ThrowsAsync<ActionFailure>(() => WriteAsync(world, Start() with { SourceId = Unknown, Raw = RawOf(Unknown) }))).Kind);
    }

    /// <summary>An id that the product could give and did not.</summary>
    protected virtual string Unknown => "none";

    /// <summary>What was received of an alert of an id.</summary>
    protected virtual JsonElement RawOf(string id) => Raw;

    /// <summary>News of a run's start.</summary>
    protected AlertNews Start() =>
        new(Source, Alert, AlertWork.InProgress, AlertVerdict.None, "Responder works on this alert: run r-1. [responder/r-1/start]", Assignee.Given, "responder/r-1/start", RawOf(Alert));

    /// <summary>News of its end.</summary>
    protected AlertNews End(AlertWork work, AlertVerdict verdict) =>
        new(Source, Alert, work, verdict, "Responder's run r-1 ended: succeeded, contained. [responder/r-1/end]", null, "responder/r-1/end", RawOf(Alert));

    /// <summary>Tells it.</summary>
    protected static Task WriteAsync(World world, AlertNews news)
    {
        ArgumentNullException.ThrowIfNull(world);
        return world.Connection.Services.GetRequiredService<IAlertWriteBack>().WriteAsync(news, TestContext.Current.CancellationToken);
    }
}

/// <summary>An alert as its product has it.</summary>
/// <param name="Status">In the estate's words.</param>
/// <param name="Assignee">Who works on it.</param>
/// <param name="Comments">Oldest first.</param>
public sealed record AtProduct(string Status, string? Assignee, IReadOnlyList<string> Comments);
