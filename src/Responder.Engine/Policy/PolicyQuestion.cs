using System.Text.Json;
using Responder.Engine.Runs;
using Responder.Sdk;
using Responder.Sdk.Catalog;

namespace Responder.Engine.Policy;

/// <summary>A question to policy apart from a run: what it would say of an action on a target.</summary>
/// <param name="Action">The action.</param>
/// <param name="Inputs">Its fields; the targets among them are read from their product.</param>
/// <param name="Playbook">As if by this playbook.</param>
/// <param name="Severity">As if for an alert of this score.</param>
/// <param name="At">As if then.</param>
public sealed record PolicyQuestion(ActionDescriptor Action, JsonElement Inputs, string Playbook, int? Severity, DateTimeOffset At)
{
    /// <summary>Asks. Only reads.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="connection">The connection that would act.</param>
    /// <param name="cancel">Ends waiting.</param>
    /// <exception cref="ActionFailure">The target can't be read.</exception>
    public async Task<(IReadOnlyList<TargetFacts> Targets, PolicyAnswer Answer)> AskAsync(IPolicy policy, Connection connection, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(connection);
        var targets = await Targets.DescribeAsync(Action, Action.Effect, Inputs, connection, cancel);
        return (targets, policy.Evaluate(new PolicyRequest(Playbook, Action.Name, Action.Effect, connection.Name, Inputs, targets, Severity, At)));
    }
}
