using System.Text.Json;
using Responder.Engine.Runs;

namespace Responder.Engine.Approvals;

/// <summary>Whether an answer at a gate can be taken.</summary>
internal static class GateAnswers
{
    /// <summary>Why not; null where it can be.</summary>
    public static SignalResult? Check(GateState gate, AnswerGate answer)
    {
        var request = gate.Request;
        if (!gate.IsOpen)
        {
            return new SignalResult(SignalStatus.Conflict, $"It was decided already: {gate.Choice}, by {gate.Answers.LastOrDefault()?.By ?? gate.How}.");
        }

        if (answer.Hash is { } hash && hash != request.Hash)
        {
            return new SignalResult(SignalStatus.Conflict, "What is asked now is not what was shown; look again and decide on that.");
        }

        if (!RoleRanks.MayAnswer(answer.Roles, gate.Roles))
        {
            return new SignalResult(SignalStatus.Forbidden, $"This is for {string.Join(" or ", gate.Roles)} to decide.");
        }

        if (request.Requester is { } requester && string.Equals(requester, answer.By, StringComparison.OrdinalIgnoreCase))
        {
            return new SignalResult(SignalStatus.Forbidden, "Who started the run by hand can't approve its steps; somebody else must.");
        }

        if (gate.Answers.Any(one => string.Equals(one.By, answer.By, StringComparison.OrdinalIgnoreCase)))
        {
            return new SignalResult(SignalStatus.Conflict, $"You have answered already; {request.Count} people must.");
        }

        if (!request.Choices.Contains(answer.Choice) && answer.Choice != GateRules.Reject)
        {
            return new SignalResult(SignalStatus.Invalid, $"'{answer.Choice}' can't be chosen; there are {string.Join(", ", request.Choices)}.");
        }

        return answer.Choice == GateRules.Reject ? null : Fields(request, answer);
    }

    private static SignalResult? Fields(GateRequest request, AnswerGate answer)
    {
        var given = answer.Fields is { ValueKind: JsonValueKind.Object } fields ? fields : (JsonElement?)null;
        foreach (var name in given?.EnumerateObject().Select(one => one.Name).Where(name => request.Fields.All(field => field.Name != name)) ?? [])
        {
            return new SignalResult(SignalStatus.Invalid, $"The form has no field '{name}'; it has {string.Join(", ", request.Fields.Select(field => field.Name))}.");
        }

        foreach (var field in request.Fields)
        {
            var value = given is { } form && form.TryGetProperty(field.Name, out var found) ? found : field.Default ?? default;
            if (FormFields.Check(value, field) is { } wrong)
            {
                return new SignalResult(SignalStatus.Invalid, wrong);
            }
        }

        return null;
    }
}
