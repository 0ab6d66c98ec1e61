namespace Responder.Sdk.Edr;

/// <summary>Fetches a file from a host and keeps it as evidence.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Path">The file's full path.</param>
[Action("edr.collect_file", Effect.Record)]
public sealed record CollectFile([property: Target(TargetKind.Host)] string Host, [property: Form("windows_path")] string Path) : IAction<FileCollected>;

/// <summary>A file kept as evidence.</summary>
/// <param name="File">The artifact.</param>
/// <param name="Sha256">The content's hash.</param>
/// <param name="Size">In bytes.</param>
public sealed record FileCollected(ArtifactRef File, string Sha256, long Size);

/// <summary>Starts an on-demand scan of a host and waits for its end.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Paths">Only these paths; the whole host where none is given.</param>
[Action("edr.scan", Effect.Record)]
public sealed record Scan([property: Target(TargetKind.Host)] string Host, IReadOnlyList<string>? Paths = null) : IAction<ScanDone>;

/// <summary>A scan's end.</summary>
/// <param name="Id">The EDR's id of the scan.</param>
/// <param name="Status"><c>clean</c>, <c>threats_found</c>, <c>running</c>.</param>
/// <param name="Files">How many files it read.</param>
/// <param name="Threats">What it found.</param>
public sealed record ScanDone(string Id, string Status, long Files, IReadOnlyList<ThreatFound> Threats);

/// <summary>One thing that a scan found.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">The vendor's name for it.</param>
/// <param name="Action">What the EDR did with it.</param>
public sealed record ThreatFound(string Path, string Name, string? Action);

/// <summary>Sets status, assignee or comment of a detection.</summary>
/// <param name="Id">The EDR's id of the detection.</param>
/// <param name="Status"><c>new</c>, <c>in_progress</c>, <c>true_positive</c>, <c>false_positive</c>, <c>closed</c>.</param>
/// <param name="Assignee">Who works on it.</param>
/// <param name="Comment">Added to it.</param>
[Action("edr.update_detection", Effect.Record)]
public sealed record UpdateDetection(string Id, string? Status = null, string? Assignee = null, string? Comment = null) : IAction<DetectionUpdated>;

/// <summary>A detection after the update.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Its status now.</param>
public sealed record DetectionUpdated(string Id, string Status);
