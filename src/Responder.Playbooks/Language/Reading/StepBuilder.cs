using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language.Grammar;
using Responder.Playbooks.Language.Yaml;
using Responder.Sdk;

namespace Responder.Playbooks.Language.Reading;

/// <summary>Steps, whatever they are inside.</summary>
internal sealed class StepBuilder
{
    private readonly Draft _draft;
    private readonly ValueBuilder _values;
    private readonly PartsBuilder _parts;

    public StepBuilder(Draft draft, ValueBuilder values, InputBuilder inputs)
    {
        _draft = draft;
        _values = values;
        _parts = new PartsBuilder(draft, values, inputs, this);
    }

    /// <summary>A list of steps; what is no list gives none.</summary>
    /// <param name="node">The list.</param>
    /// <param name="place">Its place: <c>steps[4].then</c>.</param>
    /// <param name="at">Where it would be, should it be missing.</param>
    public IReadOnlyList<Step> Build(YamlNode? node, string place, SourcePosition at)
    {
        if (node is not YamlList { Items.Count: > 0 } list)
        {
            _draft.Unbuilt.Add(new YamlFault(node?.At ?? at, $"`{place}` has no steps"));
            return [];
        }

        var steps = new List<Step>(list.Items.Count);
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (list.Items[index] is YamlMap map)
            {
                var step = One(map, $"{place}[{index}]");
                _draft.Nodes[step] = map;
                steps.Add(step);
            }
            else
            {
                _draft.Unbuilt.Add(new YamlFault(list.Items[index].At, "a step is a map"));
            }
        }

        return steps;
    }

    private Step One(YamlMap map, string place)
    {
        var kinds = StepGrammar.KindsOf(map);
        if (kinds.Count != 1)
        {
            _draft.Unbuilt.Add(new YamlFault(map.At, "a step has exactly one kind"));
        }

        // In the order written, so that problems of one step come in that order, too.
        var when = _values.BareOrNone(map, "when");
        var step = Kind(kinds.Count == 0 ? string.Empty : kinds[0], map, place);
        return step with
        {
            Id = map.Text("id"),
            Name = map.Text("name"),
            When = when,
            Timeout = map.Duration("timeout"),
            Retry = _parts.Retry(map.Map("retry")),
            OnError = _parts.OnError(map["on_error"], place),
            OnTimeout = _values.ValueOrNone(map, "on_timeout"),
        };
    }

    private Step Kind(string kind, YamlMap map, string place) => kind switch
    {
        "uses" => Action(map, place),
        "approval" => new ApprovalStep { Place = place, At = map.At, Approval = Approval(map) },
        "if" => new IfStep
        {
            Place = place, At = map.At, If = _values.Bare(map["if"], map.At), Then = Build(map["then"], place + ".then", map.At), Else = Optional(map, "else", place),
        },
        "switch" => new SwitchStep
        {
            Place = place, At = map.At, Switch = _values.Bare(map["switch"], map.At), Cases = Named(map, "cases", place), Default = Optional(map, "default", place),
        },
        "parallel" => new ParallelStep { Place = place, At = map.At, Branches = Named(map, "parallel", place) },
        "foreach" => new ForeachStep
        {
            Place = place, At = map.At, Foreach = List(map["foreach"]!), As = map.Text("as") ?? "item", AtOnce = map.Integer("at_once") ?? 1,
            Steps = Build(map["steps"], place + ".steps", map.At),
        },
        "while" => new WhileStep
        {
            Place = place, At = map.At, While = _values.Bare(map["while"], map.At), Max = Max(map), Steps = Build(map["steps"], place + ".steps", map.At),
        },
        "try" => new TryStep { Place = place, At = map.At, Try = Build(map["try"], place + ".try", map.At), Catch = Build(map["catch"], place + ".catch", map.At) },
        "wait" => Wait(map, place),
        "set" => new SetStep { Place = place, At = map.At, Set = _values.Values(map["set"]) },
        "call" => new CallStep { Place = place, At = map.At, Call = map.Text("call") ?? string.Empty, With = _values.Values(map["with"]) },
        "stop" => new StopStep
        {
            Place = place, At = map.At, Outcome = map.Map("stop")?.Text("outcome") ?? string.Empty, Reason = map.Map("stop") is { } stop ? _values.ValueOrNone(stop, "reason") : null,
        },
        _ => new BrokenStep { Place = place, At = map.At },
    };

    private ActionStep Action(YamlMap map, string place)
    {
        var uses = map.Text("uses") ?? string.Empty;
        var action = _draft.Options.Catalog.Find(uses);
        string? LanguageOf(string field) => action?.Input(field)?.Language;
        var step = new ActionStep
        {
            Place = place,
            At = map.At,
            Uses = uses,
            With = _values.Values(map["with"], LanguageOf),
            Connection = map.Text("connection"),
            Approval = map.Map("approval") is { } gate ? _parts.Approval(gate) : null,
            Lease = map.Duration("lease"),
            Effect = Enum.TryParse<Effect>(map.Text("effect"), ignoreCase: true, out var effect) ? effect : null,
            Recovery = map.Text("recovery") switch { "repeat" => Recover.Repeat, "ask" => Recover.Ask, _ => null },
            Probe = _parts.Probe(map.Map("probe"), LanguageOf),
        };
        return step with { Undo = map["undo"] switch { YamlText { Value: "none" } => [], YamlList list => Build(list, place + ".undo", map.At), _ => null } };
    }

    private Approval Approval(YamlMap map) => map.Map("approval") is { } body ? _parts.Approval(body) : new Approval { At = map.At };

    private WaitStep Wait(YamlMap map, string place)
    {
        if (map["wait"] is not YamlMap body)
        {
            return new WaitStep { Place = place, At = map.At, For = _values.Value(map["wait"]!) };
        }

        if (body.Has("until") == body.Has("event"))
        {
            _draft.Unbuilt.Add(new YamlFault(body.At, "a wait has a duration, `until` or `event`"));
        }

        return new WaitStep
        {
            Place = place,
            At = map.At,
            Until = _values.ValueOrNone(body, "until"),
            Event = body.Text("event"),
            Match = _values.BareOrNone(body, "match"),
        };
    }

    private ValueNode List(YamlNode node) => node is YamlText ? new WholeNode(_values.Bare(node, node.At), node.At) : _values.Value(node);

    private int Max(YamlMap map)
    {
        if (map.Integer("max") is { } max)
        {
            return max;
        }

        _draft.Unbuilt.Add(new YamlFault(map.At, "`max` is missing"));
        return 1;
    }

    private IReadOnlyList<Step> Optional(YamlMap map, string key, string place) => map.Has(key) ? Build(map[key], $"{place}.{key}", map.At) : [];

    private List<KeyValuePair<string, IReadOnlyList<Step>>> Named(YamlMap map, string key, string place) =>
        [.. (map.Map(key)?.Pairs ?? []).DistinctBy(pair => pair.Key.Value)
            .Select(pair => KeyValuePair.Create(pair.Key.Value, Build(pair.Value, $"{place}.{key}.{pair.Key.Value}", map.At)))];
}

/// <summary>Stands where a step's kind is not clear. Such a playbook is never given out.</summary>
internal sealed record BrokenStep : Step
{
    public override string Kind => "?";
}
