using System.Text.Json;
using Responder.Engine.Journal;
using Responder.Engine.Runs;
using Responder.Engine.Steps;
using Responder.Sdk.Catalog;
using Responder.Sdk.Tickets;

namespace Responder.Engine.Undo;

/// <summary>A ticket that the run moved goes back to the status that it was in, with the reason: whoever closed it on a finding that is taken back must say so there.</summary>
internal static class Reopening
{
    /// <summary>The step; null where the run did not move the ticket, or nobody here can.</summary>
    public static UndoStep? Of(EffectRow row, StepState step, IConnections connections)
    {
        ActionDescriptor[] moves = [ActionCatalog.Neutral.Of(typeof(CloseTicket)), ActionCatalog.Neutral.Of(typeof(TransitionTicket))];
        if (row is not { Status: "done", BeforeFree: true } || moves.All(move => move.Name != row.Action) || step.Intent?.Before?.Marks?.GetValueOrDefault("status") is not { } was
            || connections.Named(row.Connection) is not { } connection || !connection.Actions.ContainsKey(moves[1].Name))
        {
            return null;
        }

        return new UndoStep(moves[1].Name, row, new Dictionary<string, JsonElement> { ["key"] = step.Inputs!.Value.GetProperty("key"), ["status"] = Values.Of(was) }) { SaysWhy = true };
    }
}
