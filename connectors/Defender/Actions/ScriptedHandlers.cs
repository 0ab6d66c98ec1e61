using Responder.Connectors.Defender.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.Defender.Actions;

// What our scripts on a host do is the same for every EDR; Defender's way to run them is LibraryScripts.
internal sealed class ListFolderHandler(LibraryScripts scripts) : FolderLook(scripts);

internal sealed class ListProcessesHandler(LibraryScripts scripts) : ProcessList(scripts);

internal sealed class GetProcessHandler(LibraryScripts scripts) : ProcessLook(scripts);

[Recovery(Recover.Probe)]
internal sealed class KillProcessHandler(LibraryScripts scripts) : ProcessKill(scripts);

[Recovery(Recover.Probe)]
internal sealed class DeleteFileHandler(LibraryScripts scripts) : FileDeletion(scripts);

[Recovery(Recover.Probe)]
internal sealed class DeleteFolderHandler(LibraryScripts scripts) : FolderDeletion(scripts);
