using System.Collections.Frozen;
using System.IO.Enumeration;

namespace Responder.Engine.Policy;

/// <summary>Texts, some with <c>*</c> and <c>?</c>; compared without case.</summary>
internal sealed class Patterns
{
    private readonly FrozenSet<string> _exact;
    private readonly string[] _wild;

    public Patterns(IReadOnlyList<string> texts)
    {
        _exact = texts.Where(text => !IsWild(text)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        // A backslash is a sign like any other here: CORP\svc-*.
        _wild = [.. texts.Where(IsWild).Select(text => text.Replace(@"\", @"\\", StringComparison.Ordinal))];
    }

    public bool IsEmpty => _exact.Count == 0 && _wild.Length == 0;

    public bool Holds(string text) => _exact.Contains(text) || _wild.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text));

    private static bool IsWild(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;
}
