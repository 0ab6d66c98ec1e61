namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>One process of those that run now; one that has ended is not among them.</summary>
/// <param name="scripts">The EDR's way to run the script.</param>
public abstract class ProcessLook(IHostScripts scripts) : IActionHandler<GetProcess, ProcessFound>
{
    /// <inheritdoc/>
    public async Task<Outcome<ProcessFound>> RunAsync(GetProcess action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var seen = await scripts.UseAsync(host, session => session.LookAsync(HostScript.Processes, context.IdempotencyKey, context.Cancel), context.Cancel);
        return ProcessTree.Find(seen.Processes, action, host.Hostname);
    }
}
