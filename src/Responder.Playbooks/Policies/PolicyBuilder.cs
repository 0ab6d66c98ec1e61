using System.Globalization;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Sdk;

namespace Responder.Playbooks.Policies;

/// <summary>A policy from its tree, as well as it can be made: what has a problem is never given out.</summary>
internal static class PolicyBuilder
{
    private static readonly string[] Analyst = ["analyst"];
    private static readonly string[] Lead = ["lead"];

    public static PolicyDocument Build(YamlMap root, string text) => new()
    {
        Version = root.Text("version"),
        Hash = PlaybookBuilder.HashOf(text),
        Source = text,
        Assets = (root.Map("assets")?.Pairs ?? []).Where(pair => pair.Value is YamlMap).DistinctBy(pair => pair.Key.Value)
            .ToDictionary(pair => pair.Key.Value, pair => Asset(pair.Key.Value, (YamlMap)pair.Value)),
        Protected = root.Texts("protected"),
        Rules = [.. Maps(root, "rules").Select(Rule)],
        Limits = [.. Maps(root, "limits").Select(Limit)],
        DeletableFolders = root.Map("deletable")?.Texts("folders") ?? [],
        GateTime = root.Map("approvals")?.Duration("time") ?? TimeSpan.FromHours(1),
    };

    public static IEnumerable<YamlMap> Maps(YamlMap root, string key) => (root[key] as YamlList)?.Items.OfType<YamlMap>() ?? [];

    /// <summary>One text or a list of them.</summary>
    public static IReadOnlyList<string> Some(YamlMap map, string key) => map.Text(key) is { } one ? [one] : map.Texts(key);

    private static AssetSet Asset(string name, YamlMap map) => new(
        name, Some(map, "ids"), Some(map, "names"), Some(map, "tags"), Some(map, "roles"), Some(map, "groups"), Some(map, "owners"), map.Text("why"));

    private static PolicyRule Rule(YamlMap map) => new(
        map.Text("id") ?? string.Empty,
        When(map),
        map.Text("then") switch { "allow" => PolicyThen.Allow, "refuse" => PolicyThen.Refuse, _ => PolicyThen.RequireApproval },
        map.Texts("roles") is { Count: > 0 } roles ? roles : Analyst,
        map.Integer("count") ?? 1,
        map.Text("why"));

    private static LimitRule Limit(YamlMap map) => new(
        map.Text("id") ?? string.Empty,
        When(map),
        map.Integer("at_most") ?? 0,
        map.Duration("window") ?? TimeSpan.Zero,
        Enum.TryParse<LimitPer>(map.Text("per"), ignoreCase: true, out var per) ? per : LimitPer.All,
        map.Texts("roles") is { Count: > 0 } roles ? roles : Lead);

    private static PolicyCondition When(YamlMap map) => new()
    {
        Effects = [.. Some(map, "effect").Select(word => Enum.TryParse<Effect>(word, ignoreCase: true, out var effect) ? effect : Effect.Read)],
        Actions = Some(map, "action"),
        Playbooks = Some(map, "playbook"),
        Connections = Some(map, "connection"),
        Targets = Some(map, "target"),
        SeverityAtLeast = map.Map("severity")?.Integer("at_least"),
        SeverityBelow = map.Map("severity")?.Integer("below"),
        During = Hours(map.Map("during")),
        Outside = Hours(map.Map("outside")),
    };

    private static HoursOfWeek? Hours(YamlMap? map) => map is null ? null : new HoursOfWeek(
        [.. map.Texts("days").Select(Day)],
        Clock(map.Text("from")),
        Clock(map.Text("to")),
        map.Text("zone") is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc);

    private static TimeOnly Clock(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : default;

    private static DayOfWeek Day(string word) => word switch
    {
        "mon" => DayOfWeek.Monday,
        "tue" => DayOfWeek.Tuesday,
        "wed" => DayOfWeek.Wednesday,
        "thu" => DayOfWeek.Thursday,
        "fri" => DayOfWeek.Friday,
        "sat" => DayOfWeek.Saturday,
        _ => DayOfWeek.Sunday,
    };
}
