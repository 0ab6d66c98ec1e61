namespace Responder.Sdk.Estate;

/// <summary>A host's isolation, or an order for it.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="To">The new state.</param>
/// <param name="Note">Kept with the order.</param>
public sealed record IsolationChanged(string Host, Isolation To, string? Note = null) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var host = company.HostByAnyName(Host);
        host.Isolation = To;
        host.IsolatedAt = effect.At;
        host.Note = Note ?? host.Note;
    }
}

/// <summary>A host comes or goes; orders that waited for it take hold.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="Online">True where it is connected.</param>
public sealed record HostConnected(string Host, bool Online) : Change
{
    internal override bool Counts => false;

    internal override void Apply(Company company, EstateEffect effect)
    {
        var host = company.HostByAnyName(Host);
        host.Online = Online;
        (host.Isolation, host.IsolatedAt) = (Online, host.Isolation) switch
        {
            (true, Isolation.Pending) => (Isolation.Isolated, effect.At),
            (true, Isolation.ReleasePending) => (Isolation.Normal, effect.At),
            _ => (host.Isolation, host.IsolatedAt),
        };
    }
}

/// <summary>A process ended.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="Pid">The process id.</param>
public sealed record ProcessEnded(string Host, long Pid) : Change
{
    internal override void Apply(Company company, EstateEffect effect) => company.HostByAnyName(Host).Processes[Pid].EndedAt ??= effect.At;
}

/// <summary>A folder and all below it went.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="Path">The real path.</param>
/// <param name="Files">How many files went.</param>
/// <param name="Bytes">Their sizes together.</param>
public sealed record FolderGone(string Host, string Path, long Files, long Bytes) : Change
{
    internal override void Apply(Company company, EstateEffect effect) => company.HostByAnyName(Host).Files.DeleteFolder(Path);
}

/// <summary>A file went.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="Path">The real path.</param>
/// <param name="Bytes">Its size.</param>
public sealed record FileGone(string Host, string Path, long Bytes) : Change
{
    internal override void Apply(Company company, EstateEffect effect) => company.HostByAnyName(Host).Files.DeleteFile(Path);
}

/// <summary>Somebody on the host wrote a file.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="Folder">The folder's path.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Content">Its text.</param>
public sealed record FileWritten(string Host, string Folder, string Name, string Content) : Change
{
    internal override bool Counts => false;

    internal override void Apply(Company company, EstateEffect effect) => company.HostByAnyName(Host).Files.Write(
        new HostFile(Folder, Name, System.Text.Encoding.UTF8.GetByteCount(Content), effect.At, effect.At, null, Content));
}

/// <summary>A file was fetched as evidence; nothing on the host changed.</summary>
/// <param name="Host">The EDR's id, or the estate's name of the host.</param>
/// <param name="Path">The real path.</param>
/// <param name="Sha256">The content's hash.</param>
public sealed record FileFetched(string Host, string Path, string Sha256) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
    }
}

/// <summary>A scan was ordered.</summary>
/// <param name="Id">The EDR's id of it.</param>
/// <param name="Host">The EDR's id of the host.</param>
/// <param name="Description">Free text.</param>
/// <param name="Paths">Only these paths.</param>
public sealed record ScanOrdered(string Id, string Host, string Description, IReadOnlyList<string>? Paths = null) : Change
{
    internal override void Apply(Company company, EstateEffect effect) =>
        company.Scans[Id] = new ScanOrder(Id, Host, Description, Paths, effect.At);
}

/// <summary>The EDR raises a detection.</summary>
/// <param name="Id">Its id; one that is there already stays.</param>
/// <param name="Title">Its title.</param>
/// <param name="Severity">0 to 100.</param>
/// <param name="OnHost">The estate's name of the host.</param>
/// <param name="User">The account.</param>
/// <param name="Techniques">ATT&amp;CK technique ids.</param>
public sealed record DetectionRaised(string Id, string Title, int Severity = 50, string? OnHost = null, string? User = null, IReadOnlyList<string>? Techniques = null) : Change
{
    internal override bool Counts => false;

    internal override void Apply(Company company, EstateEffect effect)
    {
        var detection = new Detection { Title = Title, Severity = Severity, Host = OnHost, User = User, CreatedAt = effect.At };
        detection.Techniques.AddRange(Techniques ?? []);
        company.Detections.TryAdd(Id, detection);
    }
}

/// <summary>A detection's status, assignee or comments.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">A new status.</param>
/// <param name="Assignee">A new assignee.</param>
/// <param name="Comment">A new comment.</param>
public sealed record DetectionChanged(string Id, string? Status = null, string? Assignee = null, string? Comment = null) : Change
{
    internal override void Apply(Company company, EstateEffect effect)
    {
        var detection = company.Detections[Id];
        detection.Status = Status ?? detection.Status;
        detection.Assignee = Assignee ?? detection.Assignee;
        detection.ChangedAt = effect.At;
        if (Comment is not null)
        {
            detection.Comments.Add(new Remark($"c{effect.Seq}", Comment, effect.At, effect.Key));
        }
    }
}
