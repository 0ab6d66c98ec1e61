using Responder.Engine.Approvals;
using Responder.Engine.Access;
using Responder.Engine.Alerts;
using Responder.Engine.Audit;
using Responder.Engine.Journal;

namespace Responder.Storage;

/// <summary>All ports of the engine over one database. Disposing it writes what was handed in, then closes.</summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>The runs' journals.</summary>
    IRunJournal Journal { get; }

    /// <summary>The definitions that runs are pinned to.</summary>
    IDefinitions Definitions { get; }

    /// <summary>Files of runs.</summary>
    IArtifacts Artifacts { get; }

    /// <summary>Named events.</summary>
    IEventInbox Inbox { get; }

    /// <summary>The kill switch.</summary>
    IKillSwitch KillSwitch { get; }

    /// <summary>What the sweep and the lists ask.</summary>
    IRunQueries Queries { get; }

    /// <summary>API keys.</summary>
    IApiKeys ApiKeys { get; }

    /// <summary>The local accounts of people.</summary>
    IUsers Users { get; }

    /// <summary>Counts and times over all runs.</summary>
    IOverview Overview { get; }

    /// <summary>Playbooks as people write them.</summary>
    IPlaybookTexts PlaybookTexts { get; }

    /// <summary>The windows of counts over events.</summary>
    IWindowStore Windows { get; }

    /// <summary>What is to be done outside because something was committed.</summary>
    IErrands Errands { get; }

    /// <summary>Roles that people gave to others for a while.</summary>
    IDelegations Delegations { get; }

    /// <summary>Small facts about the installation.</summary>
    IStoredSettings Settings { get; }

    /// <summary>Who did what.</summary>
    IAuditLog Audit { get; }

    /// <summary>The archive of finished runs' journals.</summary>
    IRunArchive Archive { get; }

    /// <summary>Size and vacuum.</summary>
    IUpkeep Upkeep { get; }

    /// <summary>What was committed, for live pages.</summary>
    ICommitFeed Feed { get; }

    /// <summary>Whether it can write, now.</summary>
    StoreHealth Health { get; }
}
