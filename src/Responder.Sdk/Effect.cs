namespace Responder.Sdk;

/// <summary>What an action does to the world. Policy, gates, recovery and undo follow from it.</summary>
public enum Effect
{
    /// <summary>Changes nothing; may be repeated freely.</summary>
    Read,

    /// <summary>Tells or asks a person something; at least once.</summary>
    Notify,

    /// <summary>Writes to a system of record: a ticket, an alert's status, a collected file.</summary>
    Record,

    /// <summary>Limits what a host or an account can do and loses no data.</summary>
    Contain,

    /// <summary>Loses data or ends a process; there is no way back.</summary>
    Destroy,
}

/// <summary>How an attempt whose end is unknown is taken up again. The vendor's behaviour decides, so it is on the handler.</summary>
public enum Recover
{
    /// <summary>Calling twice equals calling once, by the vendor's documented behaviour.</summary>
    Repeat,

    /// <summary>The vendor can be asked whether it happened; the handler implements <see cref="IProbe{TAction,TResult}"/>.</summary>
    Probe,

    /// <summary>Nobody can tell: a person is asked, the step is in doubt until then.</summary>
    Ask,
}

/// <summary>What kind of thing an action acts upon.</summary>
public enum TargetKind
{
    /// <summary>A host, by the EDR's id of it.</summary>
    Host,

    /// <summary>An account in the cloud directory.</summary>
    User,

    /// <summary>An account in the directory on premises.</summary>
    DirectoryUser,

    /// <summary>A computer account in the directory on premises.</summary>
    Computer,

    /// <summary>A folder or file on the host that the same action names.</summary>
    Path,

    /// <summary>A process on the host that the same action names.</summary>
    Process,

    /// <summary>A ticket or case.</summary>
    Ticket,
}
