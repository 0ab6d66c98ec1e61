namespace Responder.Sdk.Edr.LiveResponse;

/// <summary>What runs on a host now.</summary>
/// <param name="scripts">The EDR's way to run the script.</param>
public abstract class ProcessList(IHostScripts scripts) : IActionHandler<ListProcesses, ProcessesFound>
{
    /// <inheritdoc/>
    public async Task<Outcome<ProcessesFound>> RunAsync(ListProcesses action, ActionContext context)
    {
        var host = await scripts.HostAsync(action.Host, context.Cancel);
        var seen = await scripts.UseAsync(host, session => session.LookAsync(HostScript.Processes, context.IdempotencyKey, context.Cancel), context.Cancel);
        var found = seen.Processes.Where(process => action.Name is null || Images.Same(process.Image, action.Name)).OrderBy(process => process.Pid).ToList();
        return new ProcessesFound(found, found.Count);
    }
}
