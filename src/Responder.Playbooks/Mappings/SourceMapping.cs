namespace Responder.Playbooks.Mappings;

/// <summary>How a source's alerts become the normal form: one mapping file, checked.</summary>
/// <param name="Source">The source's name, as in <c>POST /api/alerts/{source}</c>.</param>
/// <param name="Description">For people.</param>
/// <param name="Shapes">The forms in which its alerts come; the first whose <c>when</c> is true is taken.</param>
/// <param name="File">The file it was read from, as it was named to us.</param>
public sealed record SourceMapping(string Source, string? Description, IReadOnlyList<AlertShape> Shapes, string File)
{
    /// <summary>Rules that make an alert of one event.</summary>
    public IReadOnlyList<Sigma.SigmaRule> Detections { get; init; } = [];

    /// <summary>Counts that make an alert of many events.</summary>
    public IReadOnlyList<EventCount> Counts { get; init; } = [];
}

/// <summary>One form in which a source's alerts come.</summary>
public sealed record AlertShape
{
    /// <summary>For messages and the documentation.</summary>
    public required string Name { get; init; }

    /// <summary>True for a document of this form.</summary>
    public required Query When { get; init; }

    /// <summary>Where the alerts are in the document; null where it is one itself.</summary>
    public Query? Each { get; init; }

    /// <summary>Documents of one body with the same value here make one alert, over <c>rows</c>; null where each is its own.</summary>
    public Query? GroupBy { get; init; }

    /// <summary>True where the document is a Windows event in any of its forms: queries then see it in one form (<c>provider</c>, <c>channel</c>, <c>event_id</c>, <c>computer</c>, <c>time</c>, <c>record_id</c>, <c>user_sid</c>, <c>data</c>).</summary>
    public bool WindowsEvent { get; init; }

    /// <summary>Where in the document a Windows event is: queries see it in its one form as <c>windows</c> beside the document's own members; null there where it is none.</summary>
    public Query? EventAt { get; init; }

    /// <summary>True where names with dots (<c>kibana.alert.uuid</c>) are to be read as members inside members.</summary>
    public bool Unflatten { get; init; }

    /// <summary>True where what comes is an event that nobody judged bad, not an alert.</summary>
    public bool IsEvent { get; init; }

    /// <summary>Those that start nothing, with the reason for the sender.</summary>
    public IReadOnlyList<Ignored> Ignore { get; init; } = [];

    /// <summary>Field of the normal form (<c>device.hostname</c>, <c>files</c>) to query.</summary>
    public IReadOnlyDictionary<string, Query> Fields { get; init; } = new Dictionary<string, Query>();

    /// <summary>The source's own severities, by text in lower case, to 0 to 100.</summary>
    public IReadOnlyDictionary<string, int> Severities { get; init; } = new Dictionary<string, int>();
}

/// <summary>Documents that start nothing.</summary>
/// <param name="When">True for them.</param>
/// <param name="Reason">Why, for the sender.</param>
public sealed record Ignored(Query When, string Reason);
