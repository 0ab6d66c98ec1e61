using Responder.Playbooks.Language.Reading;

using Responder.Playbooks.Rules.Scoping;

namespace Responder.Playbooks.Rules;

/// <summary>What is read of a call is one of the outputs of the playbook called.</summary>
internal sealed class CallOutputsExist : LibraryRule
{
    public override string Id => "RSP093";

    public override string Title => "What is read of a call is one of the outputs of the playbook called.";

    public override void Check(Draft draft, IReadOnlyDictionary<string, Draft> library, Findings findings)
    {
        foreach (var read in draft.Scopes.CallReads)
        {
            if (library.TryGetValue(read.Call.Call, out var called) && called.Playbook is { } playbook && !playbook.Outputs.ContainsKey(read.Field))
            {
                findings.Add(read.At, $"`{read.Call.Call}` has no output `{read.Field}`", StepReferences.HintFor(read.Field, [.. playbook.Outputs.Keys]) ?? "it has no `outputs`");
            }
        }
    }
}
