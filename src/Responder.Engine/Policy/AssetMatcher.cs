using Responder.Playbooks.Policies;
using Responder.Sdk;

namespace Responder.Engine.Policy;

/// <summary>Whether a host or an account is in a set, by what its product says of it.</summary>
internal sealed class AssetMatcher(AssetSet set)
{
    private readonly Patterns _ids = new(set.Ids);
    private readonly Patterns _names = new(set.Names);
    private readonly Patterns _tags = new(set.Tags);
    private readonly Patterns _roles = new(set.Roles);
    private readonly Patterns _groups = new(set.Groups);
    private readonly Patterns _owners = new(set.Owners);

    public string Name => set.Name;

    /// <summary>Why it is in the set, for people; null where it is not.</summary>
    public string? Find(TargetFacts target)
    {
        if (_ids.Holds(target.Id))
        {
            return $"its id is '{target.Id}'";
        }

        if (target.Role is { } role && _roles.Holds(role.Trim()))
        {
            return $"it is a {role.Trim()}";
        }

        if (!_tags.IsEmpty && target.Tags.FirstOrDefault(tag => _tags.Holds(tag) || _tags.Holds(tag[(tag.LastIndexOf('/') + 1)..])) is { } tagged)
        {
            return $"it is tagged '{tagged}'";
        }

        if (!_groups.IsEmpty && target.Groups?.FirstOrDefault(_groups.Holds) is { } group)
        {
            return $"it is in '{group}'";
        }

        if (!_owners.IsEmpty && target.Owner is { } owner && _owners.Holds(owner))
        {
            return $"it belongs to {owner}";
        }

        return !_names.IsEmpty && target.Names.Append(target.Id).FirstOrDefault(name => Forms(name).Any(_names.Holds)) is { } named ? $"it is named {named}" : null;
    }

    /// <summary>A name as products write it: <c>CORP\svc-backup</c>, <c>svc-backup@company.com</c>, <c>dc01.company.com</c> are svc-backup and dc01 too.</summary>
    private static IEnumerable<string> Forms(string name)
    {
        yield return name;
        if (name.LastIndexOf('\\') is var slash and >= 0)
        {
            yield return name[(slash + 1)..];
        }

        if (name.IndexOf('@', StringComparison.Ordinal) is var at and > 0)
        {
            yield return name[..at];
        }
        else if (name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0)
        {
            yield return name[..dot];
        }
    }
}
