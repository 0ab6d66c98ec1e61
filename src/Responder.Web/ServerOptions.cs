using Responder.Hosting.Catalog;
using Responder.Hosting.Cluster;
using Responder.Hosting.Errands;
using Responder.Hosting.Feeds;
using Responder.Sdk;
using Responder.Storage;
using Responder.Web.People;

namespace Responder.Web;

/// <summary>How the server is set up.</summary>
public sealed record ServerOptions
{
    /// <summary>The data folder: the first API key is put into it, and those who find it taken are told where this server answers.</summary>
    public required DataFolder Folder { get; init; }

    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:5080"];

    /// <summary>The playbooks' folder.</summary>
    public string Playbooks { get; init; } = "playbooks";

    /// <summary>A folder of mapping files besides the built-in sources; null for none.</summary>
    public string? Sources { get; init; }

    /// <summary>The address under which people reach it, for links in tickets and messages; null where it is not known.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>How people sign in.</summary>
    public SignInSettings SignIn { get; init; } = new();

    /// <summary>What publishing a playbook takes.</summary>
    public PublishSettings Publishing { get; init; } = new();

    /// <summary>True where people reach it by https, at a proxy or here.</summary>
    public bool IsReachedByHttps => PublicAddress?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The path under which a proxy shows it: <c>/responder</c> of <c>https://soc.example/responder</c>; empty where there is none.</summary>
    public string PathPrefix => Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) ? address.AbsolutePath.TrimEnd('/') : string.Empty;

    /// <summary>How often the playbooks' folder is looked at for changes.</summary>
    public TimeSpan PlaybooksEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest delivery of alerts, in bytes.</summary>
    public int AlertBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest body of any other call, in bytes.</summary>
    public int BodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Deliveries held in memory at once, in bytes; past it senders are told to come back.</summary>
    public int IntakeBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Runs at work at once; past it senders are told to come back.</summary>
    public int RunsAtWork { get; init; } = 5_000;

    /// <summary>A file of suppression rules; null for none. It need not be there, and is read again when it changes.</summary>
    public string? Suppressions { get; init; }

    /// <summary>The connections whose alerts are fetched.</summary>
    public IReadOnlyList<FeedSettings> Feeds { get; init; } = [];

    /// <summary>The connections whose alerts are told what became of them.</summary>
    public IReadOnlyList<WriteBackSettings> WriteBack { get; init; } = [];

    /// <summary>The secret that keys which sign are made from; one of the data folder's own where it is null.</summary>
    public Secret? SigningSecret { get; init; }

    /// <summary>The playbook that tells people of reminders and escalations of gates; null for none.</summary>
    public string? GateNotices { get; init; }

    /// <summary>How the audit is kept.</summary>
    public Responder.Hosting.Audit.AuditSettings Audit { get; init; } = Responder.Hosting.Audit.AuditSettings.None;

    /// <summary>What becomes of runs that ended.</summary>
    public Responder.Hosting.Retention.RetentionSettings Retention { get; init; } = Responder.Hosting.Retention.RetentionSettings.Default;

    /// <summary>How this node meets the others of a cluster; null where it is alone.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary>Where messages go; nowhere where it is null.</summary>
    public ILoggerFactory? Logs { get; init; }
}
