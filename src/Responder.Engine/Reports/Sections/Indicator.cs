namespace Responder.Engine.Reports;

/// <summary>Something to look for elsewhere.</summary>
/// <param name="Kind">What kind of value.</param>
/// <param name="Value">The value, exact. Hostile text.</param>
/// <param name="Note">What it has to do with the case.</param>
public sealed record Indicator(IndicatorKind Kind, string Value, string? Note)
{
    /// <summary>True for values that a reader's program could open.</summary>
    internal bool IsNetwork => Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url or IndicatorKind.Mail;
}

/// <summary>Kinds of indicators, in the order of the report.</summary>
public enum IndicatorKind
{
    /// <summary>A file or folder.</summary>
    File,

    /// <summary>A command line.</summary>
    Command,

    /// <summary>A hash.</summary>
    Hash,

    /// <summary>A host that was affected.</summary>
    Host,

    /// <summary>An address.</summary>
    Address,

    /// <summary>A domain.</summary>
    Domain,

    /// <summary>A URL.</summary>
    Url,

    /// <summary>A mail address.</summary>
    Mail,

    /// <summary>An account that was affected.</summary>
    Account,

    /// <summary>Anything else.</summary>
    Other,
}
