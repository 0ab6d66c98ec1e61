using System.IO.Enumeration;
using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;
using Responder.Playbooks.Language.Reading;
using Responder.Playbooks.Language.Yaml;
using Responder.Playbooks.Rules;
using Responder.Sdk.Catalog;
using Responder.Sdk.Edr;

namespace Responder.Playbooks.Policies;

/// <summary>What the form of a policy does not show: names that mean nothing, rules that can't hold, folders that must not be deleted.</summary>
internal sealed class PolicyChecks(string file, List<Problem> problems, ActionCatalog? catalog)
{
    public void Add(int rule, SourcePosition at, string message, string? hint = null, ProblemLevel level = ProblemLevel.Error) =>
        problems.Add(new Problem(file, at, $"POL{rule:000}", level, message, hint));

    public void Check(YamlMap root, PolicyDocument policy)
    {
        Assets(root);
        Named(root["protected"], policy);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in PolicyBuilder.Maps(root, "rules").Concat(PolicyBuilder.Maps(root, "limits")))
        {
            Id(map, ids);
            Named(map["target"], policy);
            Actions(map["action"]);
            RolesOf(map);
            Hours(map.Map("during"));
            Hours(map.Map("outside"));
        }

        Rules(root, policy);
        foreach (var folder in (root.Map("deletable")?["folders"] as YamlList)?.Items.OfType<YamlText>() ?? [])
        {
            Folder(folder);
        }
    }

    private void Assets(YamlMap root)
    {
        foreach (var pair in (root.Map("assets")?.Pairs ?? []).Where(pair => pair.Value is YamlMap map && map.Pairs.All(one => one.Key.Value == "why")))
        {
            Add(2, pair.Key.At, $"nothing is in `{pair.Key.Value}`", "give it ids, names, tags, roles, groups or owners");
        }
    }

    private void Id(YamlMap map, HashSet<string> ids)
    {
        if (map.Text("id") is { } id && !ids.Add(id))
        {
            Add(3, map["id"]!.At, $"`{id}` is there already: the journal could not tell the two apart");
        }
    }

    private void Named(YamlNode? node, PolicyDocument policy)
    {
        foreach (var text in Texts(node).Where(text => !policy.Assets.ContainsKey(text.Value)))
        {
            Add(4, text.At, $"`assets` has no `{text.Value}`", Nearest.Hint(text.Value, policy.Assets.Keys) ?? "there are " + string.Join(", ", policy.Assets.Keys));
        }
    }

    private void Actions(YamlNode? node)
    {
        foreach (var text in Texts(node).Where(text => catalog is not null && !catalog.All.Any(action => FileSystemName.MatchesSimpleExpression(text.Value, action.Name))))
        {
            Add(5, text.At, $"no action here is `{text.Value}`: this meets nothing", Nearest.Hint(text.Value, catalog!.All.Select(action => action.Name)), ProblemLevel.Warning);
        }
    }

    private void RolesOf(YamlMap map)
    {
        foreach (var role in Texts(map["roles"]).Where(role => !RolesExist.Deciding.Contains(role.Value)))
        {
            Add(6, role.At, $"`{role.Value}` is no role that may decide", Nearest.Hint(role.Value, RolesExist.Deciding) ?? "there are " + string.Join(", ", RolesExist.Deciding));
        }

        if (map.Text("then") is "allow" or "refuse" && (map.Has("roles") || map.Has("count")))
        {
            Add(6, map.AtKey(map.Has("roles") ? "roles" : "count"), "nobody is asked here", "`roles` and `count` go with `then: require_approval`");
        }
    }

    private void Hours(YamlMap? map)
    {
        if (map?.Text("zone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            Add(7, map["zone"]!.At, $"there is no time zone `{zone}`", "an IANA name: Europe/Berlin");
        }
    }

    private void Rules(YamlMap root, PolicyDocument policy)
    {
        var maps = PolicyBuilder.Maps(root, "rules").ToList();
        for (var index = 0; index < maps.Count; index++)
        {
            var when = policy.Rules[index].When;
            if (when is { SeverityAtLeast: { } least, SeverityBelow: { } below } && least >= below)
            {
                Add(8, maps[index].AtKey("severity"), $"no score is at least {least} and below {below}: this rule never holds");
            }

            if (index < maps.Count - 1 && maps[index].Pairs.All(pair => pair.Key.Value is "id" or "then" or "roles" or "count" or "why"))
            {
                Add(8, maps[index].At, "this rule meets everything: those after it are never reached", "put it last");
            }
        }
    }

    // Text first, like the folder of a deletion: what is written here must mean what it seems to.
    private void Folder(YamlText folder)
    {
        var text = folder.Value;
        if (!text.EndsWith(@"\*", StringComparison.Ordinal))
        {
            Add(9, folder.At, $@"'{text}' does not end with \*", @"write C:\Temp\*: what lies below may be deleted, the folder itself never");
            return;
        }

        var parts = text[..^2].Split('\\');
        if (parts.Length < 2 || parts[1] == "*")
        {
            Add(9, folder.At, $"'{text}' is a whole drive, or anything on it");
        }
        else if (parts.Any(part => part != "*" && part.Contains('*', StringComparison.Ordinal)))
        {
            Add(9, folder.At, $"'{text}': a * stands for a whole name of a folder");
        }
        else if (WindowsPath.Problem(text[..^2].Replace('*', 'x')) is { } why)
        {
            Add(9, folder.At, $"'{text}' is no folder in normal form: {why}", @"write C:\Temp\*");
        }
    }

    private static IEnumerable<YamlText> Texts(YamlNode? node) => node switch
    {
        YamlText { IsNull: false } text => [text],
        YamlList list => list.Items.OfType<YamlText>().Where(text => !text.IsNull),
        _ => [],
    };
}
