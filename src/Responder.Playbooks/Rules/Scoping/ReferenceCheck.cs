using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;

namespace Responder.Playbooks.Rules.Scoping;

/// <summary>Looks at each name that an expression reads, with what is in scope at its place.</summary>
internal sealed class ReferenceCheck(Draft draft, Playbook playbook, StepIndex index, ScopeReport report)
{
    private readonly StepReferences _steps = new(draft, index, report);
    private readonly bool _alertMayBeNull = playbook.On is { Schedule: not null } or { Manual: true, Alert: null };
    private readonly HashSet<string> _connectors = [.. draft.Options.Catalog.All.Select(action => action.Capability)];

    public void Expression(Expression? expression, Env env)
    {
        if (expression is not null)
        {
            All(draft.Expressions.Of(expression), env);
        }
    }

    public Env Value(ValueNode? value, Env env)
    {
        switch (value)
        {
            case null or ConstantNode:
                break;
            case ListNode list:
                foreach (var item in list.Items)
                {
                    Value(item, env);
                }

                break;
            case MapNode map:
                foreach (var (_, field) in map.Fields)
                {
                    Value(field, env);
                }

                break;
            case WholeNode whole when draft.Expressions.Of(whole.Expression) is { Count: > 0 } bare:
                All(bare, env);
                break;
            default:
                All(draft.Expressions.Of(value), env);
                break;
        }

        return env;
    }

    private void All(IReadOnlyList<Reference> references, Env env)
    {
        foreach (var reference in references)
        {
            One(reference, env);
        }
    }

    private void One(Reference reference, Env env)
    {
        var root = reference.Path[0];
        if (env.Locals.TryGetValue(root, out var local))
        {
            Fields(local, reference, ScopeIssueKind.UnknownField);
            return;
        }

        if (!env.Names.Contains(root))
        {
            Unknown(reference, env);
            return;
        }

        switch (root)
        {
            case "alert":
                Alert(reference, env);
                break;
            case "inputs":
                Named(reference, playbook.Inputs.Select(input => input.Name), ScopeIssueKind.UnknownInput, "input");
                break;
            case "vars":
                if (Named(reference, playbook.Vars.Keys, ScopeIssueKind.UnknownVariable, "variable") && reference.Path.Count > 1)
                {
                    report.Variables.Add(new VariableUse(reference.Path[1], false, reference.At, env.Regions));
                }

                break;
            case "steps":
                _steps.Check(reference, env);
                break;
            case "run":
                _steps.CheckRun(reference, env);
                break;
            case "report":
                Fields(KnownNames.Report, reference, ScopeIssueKind.UnknownField);
                break;
            default:
                Named(reference, _connectors, ScopeIssueKind.UnknownField, "capability or connector");
                break;
        }
    }

    private void Alert(Reference reference, Env env)
    {
        Fields(KnownNames.Alert, reference, ScopeIssueKind.UnknownAlertField);
        if (_alertMayBeNull && !env.HasAlert && (reference.Path.Count > 1 || reference.Method is not null) && !reference.IsSafe(1))
        {
            var rest = reference.ToString()["alert".Length..];
            Add(ScopeIssueKind.AlertMayBeNull, reference, "`alert` is null in a run that a schedule or a person starts without one", $"write `alert?{(rest.Length > 0 ? rest : ".…")}`, with `?? …` for what is then to stand there");
        }
    }

    private bool Named(Reference reference, IEnumerable<string> known, ScopeIssueKind kind, string what)
    {
        if (reference.Path.Count > 1 && !known.Contains(reference.Path[1]))
        {
            Add(kind, reference, $"there is no {what} `{reference.Path[1]}`", Nearest.Hint(reference.Path[1], known) ?? HintFor(kind, known));
            return false;
        }

        return true;
    }

    private static string HintFor(ScopeIssueKind kind, IEnumerable<string> known)
    {
        var names = string.Join(", ", known.Order(StringComparer.Ordinal));
        var key = kind switch { ScopeIssueKind.UnknownInput => "`inputs`", ScopeIssueKind.UnknownVariable => "`vars`", _ => "the catalogue" };
        return names.Length == 0 ? $"declare it under {key}" : $"{key} has {names}";
    }

    private void Fields(FieldType type, Reference reference, ScopeIssueKind kind)
    {
        if (type.Find(reference.Path, 1) is { } unknown)
        {
            Add(kind, reference, unknown.Message, StepReferences.HintFor(reference.Path[unknown.Index], unknown.Known));
        }
    }

    private void Unknown(Reference reference, Env env)
    {
        var name = reference.Path[0];
        var hint = name switch
        {
            "error" => "`error` is seen in a `catch`; elsewhere read `run.steps.<id>.error`",
            "failure" => "`failure` is seen in `on_failure`",
            "result" => "`result` is seen in `retry.until`",
            "event" => "`event` is seen in a wait's `match`; afterwards read `steps.<id>`",
            "response" => "`response` is seen in a probe's `happened`",
            "index" or "item" => $"`{name}` is seen inside a loop",
            "alert" or "inputs" or "vars" or "steps" or "run" or "report" or "connectors" => $"here only {string.Join(", ", env.Names.Order(StringComparer.Ordinal))} can be read",
            _ when playbook.Inputs.Any(input => input.Name == name) => $"write `inputs.{name}`",
            _ when playbook.Vars.ContainsKey(name) => $"write `vars.{name}`",
            _ when index.Find(name) is not null => $"write `steps.{name}`",
            _ => Nearest.Hint(name, env.Names.Concat(env.Locals.Keys)) ?? $"text is written in quotes: '{name}'",
        };
        Add(ScopeIssueKind.UnknownName, reference, $"`{name}` is not in scope here", hint);
    }

    private void Add(ScopeIssueKind kind, Reference reference, string message, string? hint) => report.Issues.Add(new ScopeIssue(kind, reference.At, message, hint));
}
