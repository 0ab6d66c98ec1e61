using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Responder.Engine.Alerts;
using Responder.Engine.Journal;
using Responder.Sdk;
using Responder.Sdk.Alerts;

namespace Responder.Hosting.Errands;

/// <summary>Says what is to be done outside for an alert: fetch what its sender left out, and tell the sender what becomes of it.</summary>
public sealed class AlertErrands
{
    /// <summary>The kind of those that tell the product.</summary>
    public const string News = "alert.news";

    /// <summary>The kind of those that fetch the rest.</summary>
    public const string Rest = "alert.rest";

    private readonly Dictionary<string, WriteBackSettings> _writeBack = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Connection, IAlertRest Port)> _rest = new(StringComparer.Ordinal);

    /// <summary>Looks which connections can do what.</summary>
    /// <param name="node">The connections.</param>
    /// <param name="writeBack">Which are told.</param>
    /// <exception cref="SettingsException">A connection is not there, or can't be told.</exception>
    public AlertErrands(ResponderNode node, IReadOnlyList<WriteBackSettings> writeBack)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(writeBack);
        foreach (var one in writeBack)
        {
            var port = node.Connections.ServiceOf<IAlertWriteBack>(one.Connection)
                ?? throw new SettingsException($"WriteBack:{one.Connection}", "names no connection to which alerts can be written back.");
            foreach (var source in port.Sources)
            {
                _writeBack.TryAdd(source, one);
            }
        }

        foreach (var connection in node.Connections.All)
        {
            if (node.Connections.ServiceOf<IAlertRest>(connection.Name) is { } rest)
            {
                _rest.TryAdd(rest.Source, (connection.Name, rest));
            }
        }
    }

    /// <summary>What an alert's acceptance asks for.</summary>
    /// <param name="alert">The alert.</param>
    public IReadOnlyList<NewErrand> Of(Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return _rest.TryGetValue(alert.Source, out var one) && one.Port.ReferenceOf(alert.Raw) is { Length: > 0 } reference
            ? [new NewErrand($"rest/{one.Connection}/{reference}", Rest, JsonSerializer.SerializeToElement(new RestOrder(one.Connection, reference, alert.Id), Json.Options))]
            : [];
    }

    /// <summary>What the start and the end of an alert's runs ask for, by the run's id; null for nothing.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="pages">Where the pages are served.</param>
    public Func<string, IReadOnlyList<NewErrand>>? OfRuns(Alert alert, string? pages)
    {
        ArgumentNullException.ThrowIfNull(alert);
        if (alert.SourceId is null || !_writeBack.TryGetValue(alert.Source, out var settings))
        {
            return null;
        }

        return runId => Both($"news/{runId}", settings, alert, pages);
    }

    /// <summary>What they ask for where the alert is attached to a run that another alert started; <c>*</c> in an id stands for the run. The same for each delivery of one alert of the product's.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="pages">Where the pages are served.</param>
    public IReadOnlyList<NewErrand> OfAttached(Alert alert, string? pages)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return alert.SourceId is { } id && _writeBack.TryGetValue(alert.Source, out var settings) && settings.Attached
            ? Both($"news/*/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert.Source}|{id}")))[..16]}", settings, alert, pages)
            : [];
    }

    private static NewErrand[] Both(string name, WriteBackSettings settings, Alert alert, string? pages)
    {
        return [Make("start"), Make("end") with { AtEnd = true }];

        NewErrand Make(string stage) => new(
            $"{name}/{stage}", News, JsonSerializer.SerializeToElement(new NewsOrder(settings.Connection, alert.Id, stage, settings.Assignee, settings.Resolve, pages), Json.Options));
    }
}

/// <summary>What is to be fetched.</summary>
internal sealed record RestOrder(string Connection, string Reference, string AlertId);

/// <summary>What is to be told.</summary>
internal sealed record NewsOrder(string Connection, string AlertId, string Stage, string? Assignee, bool Resolve, string? Pages);
