using System.Globalization;
using System.Text;

namespace Responder.Storage.Audit;

/// <summary>One writer's chain, in memory: what the next link must hold on to. For one that writes one link after another.</summary>
/// <param name="key">Makes the codes.</param>
/// <param name="writer">Whose: a node and one of its starts.</param>
internal sealed class AuditChain(AuditKey key, string writer)
{
    private string _head = string.Empty;

    public string Writer => writer;

    /// <summary>The number of the newest link that is committed.</summary>
    public long N { get; private set; }

    /// <summary>A name that no other start has.</summary>
    public static string NewWriter() => $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>The next link.</summary>
    /// <param name="items">What the commit writes.</param>
    /// <param name="known">False where the database will only say later which of them it took.</param>
    /// <param name="refused">The places of what it did not take of the newest link; null to say nothing of it.</param>
    /// <param name="at">The time.</param>
    public AuditLink Next(IReadOnlyList<AuditItem> items, bool known, IReadOnlyCollection<int>? refused, DateTimeOffset at)
    {
        var text = new StringBuilder();
        var notable = 0;
        foreach (var item in items)
        {
            text.Append(item.IsEntry ? 'e' : known ? 'r' : 'p').Append(' ').Append(Encoding.UTF8.GetString(item.Line.Span)).Append('\n');
            notable |= item.IsNoted ? 1 : 0;
        }

        if (refused is not null)
        {
            text.Append("x ").AppendJoin(' ', refused.Select(place => (long)place).Prepend(N).Select(number => number.ToString(CultureInfo.InvariantCulture))).Append('\n');
        }

        var (n, time, lines) = (N + 1, Values.Of(at), text.ToString());
        return new AuditLink(writer, n, time, notable, key.Id, _head, AuditLink.Code(key, writer, n, time, notable, _head, lines), lines);
    }

    /// <summary>A link is committed.</summary>
    public void Advance(AuditLink link) => Stand(link.N, link.Mac);

    /// <summary>The chain stands there, as the database says.</summary>
    public void Stand(long n, string mac) => (N, _head) = (n, mac);
}
