using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Responder.Engine.Audit;
using Responder.Sdk;

namespace Responder.Storage.Audit;

/// <summary>A link's lines, read.</summary>
/// <param name="Sign">What the line begins with.</param>
/// <param name="Text">The rest.</param>
internal readonly partial record struct AuditLine(char Sign, string Text)
{
    private const int Digest = 43;

    private static AuditEntry Unreadable => new("?", "?", "unreadable", "a line that was changed; responder audit verify says more");

    public bool IsEntry => Sign == 'e';

    public bool AreEvents => Sign is 'r' or 'p';

    /// <summary>False where the database had not said yet whether it took them.</summary>
    public bool IsKnown => Sign == 'r';

    /// <summary>The lines of a link. What is not written like one is left out: the link's code tells that it was changed.</summary>
    public static List<AuditLine> Of(string items) =>
        [.. items.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => Form().IsMatch(line)).Select(line => new AuditLine(line[0], line[2..]))];

    public AuditEntry Entry()
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(Text, Json.Options) ?? Unreadable;
        }
        catch (JsonException)
        {
            return Unreadable;
        }
    }

    /// <summary>The run, the number of the first event, and a digest for each.</summary>
    public (string RunId, long First, IReadOnlyList<string> Digests) Events()
    {
        var run = Text.IndexOf(' ', StringComparison.Ordinal);
        var first = Text.IndexOf(' ', run + 1);
        var digests = new string[(Text.Length - first) / (Digest + 1)];
        for (var index = 0; index < digests.Length; index++)
        {
            digests[index] = Text.Substring(first + 1 + (index * (Digest + 1)), Digest);
        }

        return (Text[..run], long.Parse(Text.AsSpan(run + 1, first - run - 1), CultureInfo.InvariantCulture), digests);
    }

    /// <summary>What of which link was not taken.</summary>
    public (long Link, IReadOnlyList<int> Places) Refused()
    {
        var numbers = Text.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        return (numbers[0], [.. numbers.Skip(1).Select(place => (int)place)]);
    }

    [GeneratedRegex("^(?:e .+|[rp] [^ ]+ [0-9]{1,18}(?: [A-Za-z0-9_-]{43})+|x [0-9]{1,18}(?: [0-9]{1,9})*)$")]
    private static partial Regex Form();
}
