using Responder.Connectors.Defender.Client;
using Responder.Sdk;
using Responder.Sdk.Edr;

namespace Responder.Connectors.Defender.Actions;

/// <summary>An order to cut a machine off or to let it back: the state first, the order once with the step's mark in its comment, then its end.</summary>
internal sealed class IsolationOrder(Machines machines, MachineActions actions, bool isolate)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private string Type => isolate ? "Isolate" : "Unisolate";

    private string Wanted => isolate ? "isolated" : "normal";

    public async Task<Before> BeforeAsync(string id, ActionContext context)
    {
        var (state, _) = await actions.IsolationAsync((await machines.GetAsync(id, context.Cancel)).Id!, context.Cancel);
        return new Before(state != Wanted, state);
    }

    public async Task<Outcome<HostIsolation>> GiveAsync(string id, string? note, ActionContext context)
    {
        var machine = await machines.GetAsync(id, context.Cancel);
        var (state, by) = await actions.IsolationAsync(machine.Id!, context.Cancel);
        if (state == Wanted)
        {
            return Outcome.AlreadySo(View(machine, state, by));
        }

        if (state == (isolate ? "pending" : "release_pending"))
        {
            return await EndAsync(machine, by!, ours: false, context);
        }

        if (isolate && state == "release_pending")
        {
            throw new ActionFailure(FailureKind.Conflict, $"{machine.Hostname} waits to be released. Find out who ordered it before it is isolated again.");
        }

        if (!isolate && state == "pending")
        {
            // An order that waits for the machine is taken back; Defender takes no second one while it waits.
            await context.ConfirmMayActAsync();
            if (await actions.WithdrawAsync(by!, "Released before it was in force."))
            {
                return View(machine, "normal", null);
            }
        }

        MachineAction order;
        try
        {
            order = await actions.OrderAsync(machine.Id!, isolate ? "isolate" : "unisolate", isolate ? new() { ["IsolationType"] = "Full" } : [], note, context);
        }
        catch (ActionFailure failure) when (failure.Code == DefenderDialect.Active)
        {
            // Somebody was quicker, or it is so and the list of orders does not say it yet.
            (state, by) = await actions.IsolationAsync(machine.Id!, CancellationToken.None);
            if (state == Wanted)
            {
                return Outcome.AlreadySo(View(machine, state, by));
            }

            if (by is { IsOver: false } && by.Type == Type)
            {
                return await EndAsync(machine, by, ours: false, context);
            }

            throw;
        }

        return await EndAsync(machine, order, ours: true, context);
    }

    /// <summary>Ours by the mark in the comment, else the newest order that succeeded.</summary>
    public async Task<ProbeAnswer<HostIsolation>> ProbeAsync(string id, string key, ActionContext context)
    {
        var machine = await machines.GetAsync(id, context.Cancel);
        var ours = await actions.OfStepAsync(machine.Id!, key, context.Cancel, Type);
        var (state, by) = await actions.IsolationAsync(machine.Id!, context.Cancel);
        return ours is { IsOver: false } ? ProbeAnswer.Happened(View(machine, "pending", ours), $"This step's order {ours.Id} waits for {machine.Hostname}.")
            : ours is { Status: "Succeeded" } ? ProbeAnswer.Happened(View(machine, Wanted, ours), $"This step's order {ours.Id} succeeded.")
            : state == Wanted && by is not null ? ProbeAnswer.Happened(View(machine, state, by), $"{machine.Hostname} is {state} by the order {by.Id}.")
            : ProbeAnswer.NotHappened<HostIsolation>(ours is null ? $"No order carries this step's mark; {machine.Hostname} is {state}." : $"This step's order {ours.Id} has {ours.Status}.");
    }

    private async Task<Outcome<HostIsolation>> EndAsync(Machine machine, MachineAction order, bool ours, ActionContext context)
    {
        order = await MachineActions.AfterAsync(order, () => actions.WaitAsync(order, Longest, context.Cancel));
        return order.Status switch
        {
            "Succeeded" => ours ? View(machine, Wanted, order) : Outcome.AlreadySo(View(machine, Wanted, order)),
            "Failed" or "TimeOut" or "Cancelled" => throw new ActionFailure(FailureKind.Conflict, $"Defender's order {order.Id} to {Type.ToLowerInvariant()} {machine.Hostname} has {order.Status}. Look at the machine's action center.") { Code = order.Status },

            // Defender keeps the order for a machine that is away: it is in force when the machine is back, not before.
            _ => Outcome.Pending(View(machine, "pending", order)),
        };
    }

    private static HostIsolation View(Machine machine, string state, MachineAction? by) => new(machine.Id!, machine.Hostname, state, state == "pending" ? null : by?.LastUpdateDateTimeUtc);
}
