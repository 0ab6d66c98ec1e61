namespace Responder.Sdk.Edr;

/// <summary>Finds the one host of a name. Fails with not_found, or with conflict where the name is not unique.</summary>
/// <param name="Hostname">The host's name; compared without case, never as a part of a name.</param>
[Action("edr.find_host", Effect.Read)]
public sealed record FindHost([property: Form("hostname")] string Hostname) : IAction<HostFound>;

/// <summary>A host as the EDR knows it.</summary>
/// <param name="Id">The EDR's id: what every other action of the capability takes as <c>host</c>.</param>
/// <param name="Hostname">Its name.</param>
/// <param name="Ip">Its address now.</param>
/// <param name="Os">Operating system and version.</param>
/// <param name="Role"><c>Workstation</c>, <c>Server</c>, <c>Domain Controller</c>.</param>
/// <param name="Online">True where it is connected to the EDR.</param>
/// <param name="Isolation"><c>normal</c>, <c>pending</c>, <c>isolated</c>, <c>release_pending</c>.</param>
/// <param name="LastSeen">When the EDR last heard of it.</param>
/// <param name="Tags">The EDR's tags.</param>
/// <param name="Owner">Who uses it, where known.</param>
public sealed record HostFound(
    string Id, string Hostname, string? Ip, string? Os, string? Role, bool Online, string Isolation, DateTimeOffset? LastSeen, IReadOnlyList<string> Tags, string? Owner);

/// <summary>Lists hosts by a part of the name, a tag or a last user.</summary>
/// <param name="Name">A name, with <c>*</c> at its end for the rest.</param>
/// <param name="Tag">A tag that the hosts carry.</param>
/// <param name="User">The account that was last seen on them.</param>
/// <param name="Limit">At most so many, 1 to 1,000.</param>
[Action("edr.find_hosts", Effect.Read)]
public sealed record FindHosts(string? Name = null, string? Tag = null, string? User = null, int Limit = 100) : IAction<HostsFound>;

/// <summary>Hosts that were found.</summary>
/// <param name="Hosts">The hosts, by name.</param>
/// <param name="Count">How many there are in all, also past the limit.</param>
public sealed record HostsFound(IReadOnlyList<HostFound> Hosts, int Count);

/// <summary>A process with its parents and children.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Pid">The process id.</param>
/// <param name="Image">The image's path or name, to tell apart a pid that was used again.</param>
[Action("edr.get_process", Effect.Read)]
public sealed record GetProcess(string Host, long Pid, string? Image = null) : IAction<ProcessFound>;

/// <summary>A process as the EDR recorded it.</summary>
/// <param name="Process">The process.</param>
/// <param name="Parents">Its parents, nearest first.</param>
/// <param name="Children">Its children, oldest first.</param>
/// <param name="Chain">The images from the oldest parent to the process, joined by <c> → </c>.</param>
public sealed record ProcessFound(ProcessInfo Process, IReadOnlyList<ProcessInfo> Parents, IReadOnlyList<ProcessInfo> Children, string Chain);

/// <summary>One process.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Image">The image's full path.</param>
/// <param name="CmdLine">The command line as recorded. Written by whoever ran it: hostile text.</param>
/// <param name="User">The account it runs as.</param>
/// <param name="StartedAt">When it started, by the host's clock.</param>
/// <param name="EndedAt">When it ended; null while it runs.</param>
/// <param name="Sha256">The image's hash.</param>
/// <param name="ParentPid">Its parent's id.</param>
public sealed record ProcessInfo(
    long Pid, string Image, string? CmdLine, string? User, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Sha256, long? ParentPid);

/// <summary>Lists what runs on a host.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Name">Only images of this name.</param>
[Action("edr.list_processes", Effect.Read)]
public sealed record ListProcesses(string Host, string? Name = null) : IAction<ProcessesFound>;

/// <summary>What runs on a host.</summary>
/// <param name="Processes">The processes, by pid.</param>
/// <param name="Count">How many.</param>
public sealed record ProcessesFound(IReadOnlyList<ProcessInfo> Processes, int Count);

/// <summary>Lists a folder with sizes, times and, where it is cheap, hashes; keeps the list as a manifest.</summary>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Path">The folder's full path.</param>
/// <param name="Recurse">Also what lies below; reparse points are named and not followed.</param>
[Action("edr.list_folder", Effect.Read)]
public sealed record ListFolder(string Host, [property: Form("windows_path")] string Path, bool Recurse = false) : IAction<FolderListed>;

/// <summary>A folder's content. The files are in the manifest, the sums are here.</summary>
/// <param name="Path">The folder's path as the host resolved it.</param>
/// <param name="Count">How many files.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Extensions">The extensions there are, in lower case with the dot, by name.</param>
/// <param name="ByExtension">How many files of each extension.</param>
/// <param name="Largest">The ten largest files.</param>
/// <param name="OldestAt">The earliest creation.</param>
/// <param name="NewestAt">The latest creation.</param>
/// <param name="Manifest">The whole list, as an artifact: a JSON list of <see cref="FileEntry"/>.</param>
public sealed record FolderListed(
    string Path, long Count, long Bytes, IReadOnlyList<string> Extensions, IReadOnlyDictionary<string, long> ByExtension,
    IReadOnlyList<FileEntry> Largest, DateTimeOffset? OldestAt, DateTimeOffset? NewestAt, ArtifactRef Manifest)
{
    /// <summary>The reparse points in the path and below it (junctions, mounted volumes): named, and those below not followed. A deletion refuses where there is one.</summary>
    public IReadOnlyList<string> ReparsePoints { get; init; } = [];
}

/// <summary>One file of a manifest.</summary>
/// <param name="Path">The path below the folder.</param>
/// <param name="Size">In bytes.</param>
/// <param name="CreatedAt">By the host's clock.</param>
/// <param name="ModifiedAt">By the host's clock.</param>
/// <param name="Sha256">Where it was cheap to read.</param>
public sealed record FileEntry(string Path, long Size, DateTimeOffset? CreatedAt, DateTimeOffset? ModifiedAt, string? Sha256);

/// <summary>Reads one detection.</summary>
/// <param name="Id">The EDR's id of the detection.</param>
[Action("edr.get_detection", Effect.Read)]
public sealed record GetDetection(string Id) : IAction<DetectionFound>;

/// <summary>A detection as the EDR keeps it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Severity">0 to 100.</param>
/// <param name="Status">The vendor's word.</param>
/// <param name="HostId">The host it is on.</param>
/// <param name="User">The account.</param>
/// <param name="Techniques">ATT&amp;CK technique ids.</param>
/// <param name="CreatedAt">When it was raised.</param>
public sealed record DetectionFound(
    string Id, string Title, int Severity, string Status, string? HostId, string? User, IReadOnlyList<string> Techniques, DateTimeOffset? CreatedAt);
