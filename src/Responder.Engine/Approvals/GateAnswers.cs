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

        var onBehalf = answer.For(gate.Roles);
        if (onBehalf is null && !RoleRanks.MayAnswer(answer.Roles, gate.Roles))
        {
            return new SignalResult(SignalStatus.Forbidden, $"This is for {string.Join(" or ", gate.Roles)} to decide.");
        }

        if (request.Requester is { } requester && (Same(requester, answer.By) || Same(requester, onBehalf)))
        {
            return new SignalResult(SignalStatus.Forbidden, "Who started the run by hand can't approve its steps; somebody else must.");
        }

        if (gate.Answers.Any(one => Same(one.By, answer.By)))
        {
            return new SignalResult(SignalStatus.Conflict, $"You have answered already; {request.Count} people must.");
        }

        // Who gave a role away and who has it are one: four eyes are two people's.
        if (gate.Answers.FirstOrDefault(one => Same(one.For, answer.By) || Same(one.By, onBehalf) || (onBehalf is not null && Same(one.For, onBehalf))) is { } counted)
        {
            return new SignalResult(SignalStatus.Conflict, $"{counted.By} has answered already{(counted.For is null ? string.Empty : $" for {counted.For}")}; who gave a role and who was given it count as one.");
        }

        if (!request.Choices.Contains(answer.Choice) && answer.Choice != GateRules.Reject)
        {
            return new SignalResult(SignalStatus.Invalid, $"'{answer.Choice}' can't be chosen; there are {string.Join(", ", request.Choices)}.");
        }

        return answer.Choice == GateRules.Reject ? null : Fields(request, answer);
    }

    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

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
