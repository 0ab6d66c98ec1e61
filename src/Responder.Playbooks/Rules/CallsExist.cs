using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules;

/// <summary>A call names a playbook that is there.</summary>
internal sealed class CallsExist : LibraryRule
{
    /// <summary>Also used for a call of a playbook that has errors.</summary>
    public const string RuleId = "RSP090";

    public override string Id => RuleId;

    public override string Title => "`call` names a playbook that is there and has no errors.";

    public override void Check(Draft draft, IReadOnlyDictionary<string, Draft> library, Findings findings)
    {
        foreach (var call in draft.Playbook?.AllSteps().OfType<CallStep>() ?? [])
        {
            if (call.Call.Length > 0 && !library.ContainsKey(call.Call))
            {
                findings.Add(draft.NodeOf(call).AtKey("call"), $"there is no playbook `{call.Call}`", Nearest.Hint(call.Call, library.Keys));
            }
        }
    }
}
