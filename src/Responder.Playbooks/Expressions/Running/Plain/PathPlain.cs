using System.Text.Json;

namespace Responder.Playbooks.Expressions;

/// <summary>One link of a path.</summary>
/// <param name="Name">The member.</param>
/// <param name="Index">The same as a place in a list; negative where it is none.</param>
/// <param name="IsOptional">Written <c>?.</c>.</param>
internal readonly record struct PathLink(string Name, int Index, bool IsOptional);

/// <summary><c>a.b?.c[0]</c>.</summary>
internal sealed class PathPlain(string root, PathLink[] links) : PlainNode
{
    public override PlainValue Evaluate(IScope scope, Expression owner) => Read(scope, owner, out _);

    /// <param name="scope">What it can see.</param>
    /// <param name="owner">For failures.</param>
    /// <param name="isCut">Whether a <c>?.</c> ended the chain: what follows it is not read.</param>
    public PlainValue Read(IScope scope, Expression owner, out bool isCut)
    {
        isCut = false;
        var value = PlainValue.Of(scope.Get(root));
        for (var i = 0; i < links.Length; i++)
        {
            ref readonly var link = ref links[i];
            if (value.IsNullish)
            {
                isCut = link.IsOptional;
                return isCut ? PlainValue.Undefined : throw ReadFailures.OfNull(Names(i), link.Name, owner);
            }

            value = Member(value, link, i, owner);
            if (value.IsBeyond)
            {
                return value;
            }
        }

        return value;
    }

    public string[] Names(int count) => [root, .. links.Take(count).Select(link => link.Name)];

    public ExpressionFailure OfNull(string method, Expression owner) => ReadFailures.OfNull(Names(links.Length), method, owner);

    private PlainValue Member(in PlainValue value, in PathLink link, int place, Expression owner) => value.Kind switch
    {
        PlainKind.Lazy => PlainValue.Of(value.Lazy.Get(link.Name)),
        PlainKind.Object when JsonRead.IsArtifact(value.Json) => throw ReadFailures.OfArtifact(value.Json, string.Join('.', Names(place)), owner),
        PlainKind.Object => JsonRead.TryMember(value.Json, link.Name, out var member) ? PlainValue.Of(member) : PlainValue.Undefined,
        PlainKind.List when link.Index >= 0 => Item(value.Json, link.Index),
        PlainKind.List when link.Name == "length" => PlainValue.Of(value.Json.GetArrayLength()),
        PlainKind.Text when link.Name == "length" => PlainValue.Of(value.Text.Length),
        _ => PlainValue.Beyond,
    };

    private static PlainValue Item(in JsonElement list, int index) => index < list.GetArrayLength() ? PlainValue.Of(list[index]) : PlainValue.Undefined;
}
