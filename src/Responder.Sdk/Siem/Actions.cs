using System.Text.Json;

namespace Responder.Sdk.Siem;

/// <summary>Searches. Commands that write are refused.</summary>
/// <param name="Query">In the product's own language; values are quoted for it.</param>
/// <param name="Earliest">From when.</param>
/// <param name="Latest">Until when; now where none is given.</param>
/// <param name="Limit">At most so many rows.</param>
[Action("siem.search", Effect.Read)]
public sealed record SearchEvents([property: Language("SPL")] Template Query, DateTimeOffset? Earliest = null, DateTimeOffset? Latest = null, int Limit = 1000) : IAction<EventsFound>;

/// <summary>A search's result.</summary>
/// <param name="Count">Where the search ends in <c>stats count</c> its one number, else how many rows there are.</param>
/// <param name="Rows">The rows, as the product names their fields.</param>
public sealed record EventsFound(long Count, IReadOnlyList<JsonElement> Rows);

/// <summary>Reads one alert.</summary>
/// <param name="Id">The product's id of it.</param>
[Action("siem.get_alert", Effect.Read)]
public sealed record GetAlert(string Id) : IAction<SiemAlertFound>;

/// <summary>An alert as the product keeps it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">The product's word.</param>
/// <param name="Owner">Who works on it.</param>
/// <param name="Severity">The product's word.</param>
public sealed record SiemAlertFound(string Id, string Title, string Status, string? Owner, string? Severity);

/// <summary>Sets an alert's status, owner or urgency.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Status"><c>new</c>, <c>in_progress</c>, <c>resolved</c>, <c>closed</c>.</param>
/// <param name="Owner">Who works on it.</param>
/// <param name="Comment">Added with it.</param>
[Action("siem.update_alert", Effect.Record)]
public sealed record UpdateAlert(string Id, string? Status = null, string? Owner = null, string? Comment = null) : IAction<SiemAlertChanged>;

/// <summary>Comments on an alert.</summary>
/// <param name="Id">The product's id of it.</param>
/// <param name="Comment">The text.</param>
[Action("siem.comment_alert", Effect.Record)]
public sealed record CommentAlert(string Id, string Comment) : IAction<SiemAlertChanged>;

/// <summary>An alert after a change.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Its status now.</param>
public sealed record SiemAlertChanged(string Id, string? Status);
