using System.Collections.Immutable;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>Follows a playbook from its start to its end and looks at every expression with what is in scope there.</summary>
internal sealed class PlaybookWalk(Draft draft, Playbook playbook, ScopeReport report)
{
    private static readonly ImmutableHashSet<string> AtStart = ["alert", "inputs"];
    private static readonly ImmutableHashSet<string> BeforeSteps = ["alert", "inputs", "run", "connectors"];
    private static readonly ImmutableHashSet<string> InSteps = ["alert", "inputs", "vars", "steps", "run", "report", "connectors"];

    public void Run()
    {
        var index = new StepIndex(playbook);
        var check = new ReferenceCheck(draft, playbook, index, report);
        var steps = new StepWalk(draft, index, check, report);

        check.Expression(playbook.On.Alert?.When, new Env { Names = ["alert"], HasAlert = true });
        check.Value(playbook.On.Alert?.DedupeKey, new Env { Names = AtStart, HasAlert = true });
        Start(check, playbook.Concurrency?.Key);
        foreach (var input in playbook.Inputs)
        {
            Start(check, input.Default);
        }

        foreach (var (_, value) in playbook.Vars)
        {
            check.Value(value, new Env { Names = BeforeSteps });
        }

        var begin = new Env { Names = InSteps };
        steps.Walk(playbook.Steps, begin);

        // Whatever failed or ended the run: anything may have run by then.
        var afterSteps = begin.MaySee(StepIndex.Inside(playbook.Steps));
        steps.Walk(playbook.OnFailure, afterSteps.With("failure", KnownNames.Failure));
        var atEnd = afterSteps.MaySee(StepIndex.Inside(playbook.OnFailure));
        steps.Walk(playbook.Finally, atEnd);
        var all = atEnd.MaySee(StepIndex.Inside(playbook.Finally));
        foreach (var (_, value) in playbook.Outputs)
        {
            check.Value(value, all with { NullsAllowed = true });
        }
    }

    private static void Start(ReferenceCheck check, ValueNode? value) => check.Value(value, new Env { Names = AtStart });
}
