namespace Responder.Playbooks.Expressions;

/// <summary>The known name that a mistyped one may have meant.</summary>
internal static class Nearest
{
    public static string? Hint(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, Distance: Distance(name, candidate))).OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal).FirstOrDefault();
        return best.candidate is not null && best.Distance <= Math.Max(1, name.Length / 3) ? $"did you mean `{best.candidate}`?" : null;
    }

    private static int Distance(string a, string b)
    {
        int[] older = [];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));

                // Two letters that changed places are one slip.
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], older[j - 2] + 1);
                }
            }

            (older, previous) = (previous, current);
        }

        return previous[b.Length];
    }
}
