using System.Security.Cryptography;
using System.Text;
using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Reading;

/// <summary>A playbook from its tree, as well as it can be made.</summary>
internal sealed class PlaybookBuilder(Draft draft)
{
    private readonly ValueBuilder _values = new(draft);

    public Playbook Build(YamlMap root)
    {
        var inputs = new InputBuilder(draft, _values);
        var steps = new StepBuilder(draft, _values, inputs);
        return new Playbook
        {
            Id = Required(root, "id"),
            Name = Required(root, "name"),
            Description = root.Text("description"),
            Owner = root.Text("owner"),
            Attack = root.Texts("attack"),
            Tags = root.Texts("tags"),
            On = On(root.Map("on")),
            Concurrency = Concurrency(root.Map("concurrency")),
            Inputs = inputs.Build(root["inputs"]),
            Vars = _values.Values(root["vars"]),
            Outputs = _values.Values(root["outputs"]),
            Timeout = root.Duration("timeout"),
            Steps = steps.Build(root["steps"], "steps", root.At),
            OnFailure = root.Has("on_failure") ? steps.Build(root["on_failure"], "on_failure", root.At) : [],
            Finally = root.Has("finally") ? steps.Build(root["finally"], "finally", root.At) : [],
            File = draft.File,
            Source = draft.Yaml.Text,
            Hash = HashOf(draft.Yaml.Text),
        };
    }

    /// <summary><c>sha256:…</c> of a text in UTF-8.</summary>
    public static string HashOf(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Required(YamlMap root, string key)
    {
        if (root.Text(key) is { } text)
        {
            return text;
        }

        draft.Unbuilt.Add(new YamlFault(root.At, $"`{key}` is missing"));
        return string.Empty;
    }

    private Trigger On(YamlMap? on)
    {
        var alert = on?.Map("alert");
        var dedupe = alert?.Map("dedupe");
        var schedule = on?.Map("schedule");
        return new Trigger(
            alert is null ? null : new AlertTrigger(_values.Bare(alert["when"], alert.At), dedupe is null ? null : _values.ValueOrNone(dedupe, "key"), dedupe?.Duration("window")),
            schedule is null ? null : new ScheduleTrigger(schedule.Text("cron") ?? string.Empty, schedule.Text("timezone")),
            on?.Flag("manual") ?? false);
    }

    private Concurrency? Concurrency(YamlMap? map) => map?["key"] is { } key
        ? new Concurrency(_values.Value(key), map.Text("policy") switch { "skip" => ConcurrencyPolicy.Skip, "fail" => ConcurrencyPolicy.Fail, _ => ConcurrencyPolicy.Queue })
        : null;
}
