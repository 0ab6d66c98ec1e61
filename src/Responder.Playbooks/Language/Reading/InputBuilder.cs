using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Reading;

/// <summary>Inputs, and the fields of a gate's form.</summary>
internal sealed class InputBuilder(Draft draft, ValueBuilder values)
{
    public IReadOnlyList<InputDefinition> Build(YamlNode? node) =>
        node is YamlMap map ? [.. map.Pairs.DistinctBy(pair => pair.Key.Value).Where(pair => pair.Value is YamlMap).Select(pair => One(pair.Key, (YamlMap)pair.Value))] : [];

    /// <summary>A type as it is written: <c>hostname</c>, <c>string[]</c>.</summary>
    public static InputType TypeOf(string text) =>
        text.EndsWith("[]", StringComparison.Ordinal) ? new InputType(text[..^2], true) : new InputType(text, false);

    private InputDefinition One(YamlText name, YamlMap map)
    {
        var input = new InputDefinition(
            name.Value,
            TypeOf(map.Text("type") ?? "string"),
            map.Text("description"),
            values.ValueOrNone(map, "default"),
            map.Flag("required") ?? true,
            map["enum"] is YamlList list ? [.. list.Items.Select(Scalars.ToJson)] : [],
            map.Text("pattern"),
            name.At);
        draft.Nodes[input] = map;
        return input;
    }
}
