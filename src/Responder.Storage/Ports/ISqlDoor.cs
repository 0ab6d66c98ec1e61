using System.Data.Common;
using Responder.Engine.Audit;

namespace Responder.Storage;

/// <summary>A database as the small ports use it, whose statements are the same for all databases.</summary>
internal interface ISqlDoor
{
    /// <summary>Reads what is committed.</summary>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancel);

    /// <summary>Writes in one transaction; completes after its commit is on disk.</summary>
    /// <param name="alone">Work under the same name is done one after another, over all nodes, the journal's own under that name too; null where that does not matter.</param>
    /// <param name="write">The work. It may be done again where two transactions met.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <param name="audit">What goes into the audit in the same transaction, by the work's result; null, or where it gives null, nothing does.</param>
    Task<T> WriteAsync<T>(string? alone, Func<DbConnection, Task<T>> write, CancellationToken cancel, Func<T, AuditEntry?>? audit = null);

    /// <summary>Writes some time soon; nobody waits for it.</summary>
    void Post(Func<DbConnection, Task<int>> write);
}

/// <summary>The names of work that is done one after another.</summary>
internal static class Alone
{
    /// <summary>Kill switches, and the intents that read them.</summary>
    public const string KillSwitch = "responder/kill-switch";

    /// <summary>Changing a person's account.</summary>
    public static string User(string name) => "responder/user/" + name;

    /// <summary>Publishing a playbook.</summary>
    public static string Playbook(string id) => "responder/playbook/" + id;

    /// <summary>Taking errands.</summary>
    public const string Errands = "responder/errands";

    /// <summary>Counting against a limit of the policy, over all nodes.</summary>
    public static string Quota(string key) => "responder/quota/" + key;

    /// <summary>An event of a name, and the runs that begin to wait for it.</summary>
    public static string Event(string name) => "responder/event/" + name;
}
