using Responder.Playbooks.Language.Yaml;

namespace Responder.Playbooks.Language.Reading;

/// <summary>Constants from a map, taken where they have the right type and passed over where not: rules say what is wrong.</summary>
internal static class NodeReading
{
    public static string? Text(this YamlMap map, string key) => map[key] is YamlText { IsNull: false } text ? text.Value : null;

    public static IReadOnlyList<string> Texts(this YamlMap map, string key) =>
        map[key] is YamlList list ? [.. list.Items.OfType<YamlText>().Where(item => !item.IsNull).Select(item => item.Value)] : [];

    public static TimeSpan? Duration(this YamlMap map, string key) => Durations.TryParse(map.Text(key), out var duration) ? duration : null;

    public static bool? Flag(this YamlMap map, string key) => map[key] is YamlText { Kind: ScalarKind.Boolean } text ? text.Value[0] is 't' or 'T' : null;

    public static int? Integer(this YamlMap map, string key) =>
        map[key] is YamlText { Kind: ScalarKind.Integer } text && Scalars.TryInteger(text.Value, out var value) && value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    public static YamlMap? Map(this YamlMap map, string key) => map[key] as YamlMap;
}
