using Responder.Playbooks.Language.Yaml;
using Responder.Sdk;

namespace Responder.Playbooks.Language.Reading;

/// <summary>The maps inside a step.</summary>
internal sealed class PartsBuilder(Draft draft, ValueBuilder values, InputBuilder inputs, StepBuilder steps)
{
    public RetryPolicy? Retry(YamlMap? map)
    {
        if (map is null)
        {
            return null;
        }

        var usual = RetryPolicy.Default;
        return new RetryPolicy(
            map.Integer("attempts") ?? usual.Attempts,
            map.Text("backoff") == "constant",
            map.Duration("initial") ?? usual.Initial,
            map.Duration("max") ?? usual.Max,
            map.Flag("jitter") ?? usual.Jitter,
            map.Has("on") ? [.. map.Texts("on").Select(KindOf).OfType<FailureKind>()] : null,
            values.BareOrNone(map, "until"));
    }

    public OnError OnError(YamlNode? node, string place)
    {
        if (node is not YamlMap map)
        {
            return node is null ? Language.OnError.Fail : new OnError(Action(node, place + ".on_error", "on_error"), new Dictionary<FailureKind, ErrorAction>());
        }

        var byKind = new Dictionary<FailureKind, ErrorAction>();
        foreach (var (key, value) in map.Pairs)
        {
            if (KindOf(key.Value) is { } kind)
            {
                byKind.TryAdd(kind, Action(value, $"{place}.on_error.{key.Value}", $"on_error.{key.Value}"));
            }
        }

        return new OnError(ErrorAction.Fail, byKind);
    }

    public Approval Approval(YamlMap map)
    {
        var approval = new Approval
        {
            Title = values.ValueOrNone(map, "title"),
            When = values.BareOrNone(map, "when"),
            Roles = map.Texts("roles"),
            Count = map.Integer("count") ?? 1,
            Choices = map.Texts("choices"),
            Fields = inputs.Build(map["fields"]),
            Evidence = map["evidence"] is YamlList list ? [.. list.Items.Select(item => values.Bare(item, map.At))] : [],
            Timeout = map.Duration("timeout"),
            OnTimeout = map.Text("on_timeout"),
            EscalateTo = map.Texts("escalate_to"),
            SkipOnReject = map.Text("on_reject") == "skip",
            At = map.At,
        };
        draft.Nodes[approval] = map;
        return approval;
    }

    public DeclaredProbe? Probe(YamlMap? map, Func<string, string?> languageOf) =>
        map is null ? null : new DeclaredProbe(values.Values(map["with"], languageOf), values.Bare(map["happened"], map.At));

    private ErrorAction Action(YamlNode node, string place, string name) => node switch
    {
        YamlList => new ErrorAction(false, steps.Build(node, place, node.At), name),
        YamlText { Value: "continue" } => ErrorAction.GoOn,
        _ => ErrorAction.Fail,
    };

    private static FailureKind? KindOf(string word) =>
        Array.IndexOf(Grammar.StepGrammar.FailureKinds, word) is var index and >= 0 ? Enum.GetValues<FailureKind>()[index] : null;
}
