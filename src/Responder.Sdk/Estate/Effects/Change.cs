using System.Text.Json.Serialization;

namespace Responder.Sdk.Estate;

/// <summary>What an effect changes in the company. Kept on disk and applied again at the next start, so it holds all that it needs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(IsolationChanged), "isolation_changed")]
[JsonDerivedType(typeof(HostConnected), "host_connected")]
[JsonDerivedType(typeof(ProcessEnded), "process_ended")]
[JsonDerivedType(typeof(FolderGone), "folder_gone")]
[JsonDerivedType(typeof(FileGone), "file_gone")]
[JsonDerivedType(typeof(FileWritten), "file_written")]
[JsonDerivedType(typeof(FileFetched), "file_fetched")]
[JsonDerivedType(typeof(ScanOrdered), "scan_ordered")]
[JsonDerivedType(typeof(DetectionRaised), "detection_raised")]
[JsonDerivedType(typeof(DetectionChanged), "detection_changed")]
[JsonDerivedType(typeof(CloudUserChanged), "cloud_user_changed")]
[JsonDerivedType(typeof(DirectoryUserChanged), "directory_user_changed")]
[JsonDerivedType(typeof(ComputerChanged), "computer_changed")]
[JsonDerivedType(typeof(TicketOpened), "ticket_opened")]
[JsonDerivedType(typeof(TicketEdited), "ticket_edited")]
[JsonDerivedType(typeof(TicketLinked), "ticket_linked")]
[JsonDerivedType(typeof(FileOnTicket), "file_on_ticket")]
[JsonDerivedType(typeof(AlertRaised), "alert_raised")]
[JsonDerivedType(typeof(AlertChanged), "alert_changed")]
[JsonDerivedType(typeof(MessagePosted), "message_posted")]
[JsonDerivedType(typeof(RestCalled), "rest_called")]
public abstract record Change
{
    /// <summary>False for what the world does by itself (a host comes back, an attacker writes a file).</summary>
    internal virtual bool Counts => true;

    /// <summary>Makes it so.</summary>
    /// <param name="company">The company.</param>
    /// <param name="effect">When, by whom.</param>
    internal abstract void Apply(Company company, EstateEffect effect);
}
