namespace Responder.Engine.Alerts;

/// <summary>OCSF's severities, from 0 to 6.</summary>
public enum AlertSeverity
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>Nothing to do.</summary>
    Informational,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Critical.</summary>
    Critical,

    /// <summary>Damage is done.</summary>
    Fatal,
}

/// <summary>A host.</summary>
/// <param name="Hostname">Its name as the alert has it, short or with its domain.</param>
/// <param name="Id">The vendor's id: Falcon's agent id, Defender's machine id.</param>
/// <param name="Ip">Its address.</param>
/// <param name="Os">Its system, in the vendor's words.</param>
public sealed record AlertDevice(string? Hostname, string? Id = null, string? Ip = null, string? Os = null)
{
    /// <summary>A host of which nothing is known.</summary>
    public static AlertDevice None { get; } = new((string?)null);
}

/// <summary>An account.</summary>
/// <param name="Email">Its mail address or user principal name.</param>
/// <param name="Name">Its name, without the domain.</param>
/// <param name="Sid">Its security identifier.</param>
/// <param name="Domain">Its domain, as the alert has it.</param>
public sealed record AlertUser(string? Email, string? Name = null, string? Sid = null, string? Domain = null)
{
    /// <summary>An account of which nothing is known.</summary>
    public static AlertUser None { get; } = new((string?)null);
}

/// <summary>A process.</summary>
/// <param name="Pid">Its number on its host.</param>
/// <param name="Image">The program's path, or its name where the alert has no more.</param>
/// <param name="CmdLine">Its command line.</param>
/// <param name="Sha256">The program's SHA-256, lower case.</param>
/// <param name="Parent">What started it.</param>
public sealed record AlertProcess(long? Pid, string? Image = null, string? CmdLine = null, string? Sha256 = null, AlertProcess? Parent = null)
{
    /// <summary>A process of which nothing is known.</summary>
    public static AlertProcess None { get; } = new((long?)null);

    /// <summary>True where nothing of it is known.</summary>
    public bool IsEmpty => Pid is null && Image is null && CmdLine is null && Sha256 is null && (Parent is null || Parent.IsEmpty);
}

/// <summary>A file or a folder.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">The last part of the path.</param>
/// <param name="ParentFolder">The path without its last part, and without a separator at its end.</param>
/// <param name="Sha256">Its SHA-256, lower case.</param>
/// <param name="Size">In bytes.</param>
public sealed record AlertFile(string? Path, string? Name = null, string? ParentFolder = null, string? Sha256 = null, long? Size = null)
{
    /// <summary>A file of which nothing is known.</summary>
    public static AlertFile None { get; } = new((string?)null);
}

/// <summary>Sums over the events that an alert stands for.</summary>
/// <param name="Files">Files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Events">Events.</param>
public sealed record AlertCounts(long? Files = null, long? Bytes = null, long? Events = null);

/// <summary>A value to pivot on.</summary>
/// <param name="Type"><c>ip</c>, <c>domain</c>, <c>url</c>, <c>email</c>, <c>sha256</c>, <c>sha1</c>, <c>md5</c>, <c>file</c>, or the vendor's word.</param>
/// <param name="Value">The value.</param>
/// <param name="Suspicious">True where the sender judged it bad.</param>
public sealed record AlertIndicator(string Type, string Value, bool Suspicious = false);
