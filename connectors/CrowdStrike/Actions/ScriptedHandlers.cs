using Responder.Connectors.CrowdStrike.LiveResponse;
using Responder.Sdk;
using Responder.Sdk.Edr.LiveResponse;

namespace Responder.Connectors.CrowdStrike.Actions;

// What our scripts on a host do is the same for every EDR; Falcon's way to run them is RtrScripts.
internal sealed class ListProcessesHandler(RtrScripts scripts) : ProcessList(scripts);

internal sealed class GetProcessHandler(RtrScripts scripts) : ProcessLook(scripts);

[Recovery(Recover.Probe)]
internal sealed class KillProcessHandler(RtrScripts scripts) : ProcessKill(scripts);
