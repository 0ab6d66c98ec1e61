using Responder.Playbooks.Language;

namespace Responder.Playbooks.Expressions;

/// <summary>
/// A name that an expression reads from its scope, with the members that follow it: <c>steps.host.id</c>, <c>alert.files[0].path</c>.
/// Parameters of arrow functions, helpers and built-in names are not references.
/// </summary>
/// <param name="Path">
/// The names, indexers with constants included (<c>["alert", "files", "0", "path"]</c>). It ends before an indexer that is not constant, and before a method that
/// is called. A <c>length</c> of text or of a list is part of it.
/// </param>
/// <param name="Optional">For each name of the path: whether the link to it is <c>?.</c>; one more for <paramref name="Method"/> where there is one.</param>
/// <param name="NotNull">For each name of the path: whether the path up to and with it is known not to be null where it is read (<c>x != null &amp;&amp; x.y</c>).</param>
/// <param name="Method">The method that is called on it (<c>includes</c>), or null.</param>
/// <param name="Offset">Where in the expression's text, from 0; for a value, where in the scalar's text.</param>
/// <param name="At">Where in the file.</param>
public sealed record Reference(
    IReadOnlyList<string> Path, IReadOnlyList<bool> Optional, IReadOnlyList<bool> NotNull, string? Method, int Offset, SourcePosition At)
{
    /// <summary>Whether any link is <c>?.</c>.</summary>
    public bool IsOptional => Optional.Contains(true);

    /// <summary>Whether a test in front of it says that a part of the path is not null.</summary>
    public bool IsGuarded => NotNull.Contains(true);

    /// <summary>Whether reading the name at this place of the path (from 1) cannot fail because what it is read of is null: the link is <c>?.</c>, or a test is in front of it.</summary>
    /// <param name="index">The place: for <c>steps.host.id</c>, 2 is <c>id</c>, read of <c>steps.host</c>. The path's length asks about <see cref="Method"/> or an indexer after it.</param>
    public bool IsSafe(int index) => (index < Optional.Count && Optional[index]) || NotNull[index - 1];

    /// <summary>The path with dots.</summary>
    public override string ToString() => string.Join('.', Path);
}
