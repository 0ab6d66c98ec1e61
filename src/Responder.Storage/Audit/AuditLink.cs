using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Responder.Storage.Audit;

/// <summary>
/// A link of a chain: what one commit wrote, and the code of the link before it. Its own code is over all of it, by a key that is not in the database.
/// </summary>
/// <param name="Writer">Whose chain: a node and one of its starts.</param>
/// <param name="N">1, 2, 3, … in that chain.</param>
/// <param name="At">When, in milliseconds since 1970.</param>
/// <param name="Notable">1 where it holds something that is listed.</param>
/// <param name="KeyId">Which key.</param>
/// <param name="Prev">The code of the link before; empty for the first.</param>
/// <param name="Mac">Its code.</param>
/// <param name="Items">
/// A line for each thing: <c>r RUN FIRST DIGEST…</c> events of a journal; <c>p …</c> the same, where it is not yet known whether they were taken;
/// <c>e JSON</c> a line of its own; <c>x N INDEX…</c> what of link N was not taken after all.
/// </param>
internal sealed record AuditLink(string Writer, long N, long At, long Notable, string KeyId, string Prev, string Mac, string Items)
{
    /// <summary>The code that a link of these values has.</summary>
    public static string Code(AuditKey key, string writer, long n, long at, long notable, string prev, string items)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"responder/audit/1\n{writer}\n{n}\n{at}\n{notable}\n{prev}\n");
        var text = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(head.Length) + Encoding.UTF8.GetMaxByteCount(items.Length));
        var length = Encoding.UTF8.GetBytes(head, text);
        length += Encoding.UTF8.GetBytes(items, text.AsSpan(length));
        var code = Base64Url.EncodeToString(key.Code(text.AsSpan(0, length)));
        ArrayPool<byte>.Shared.Return(text);
        return code;
    }

    /// <summary>True where it is as it was written, had it that number.</summary>
    public bool IsTrue(AuditKey key, long n) => Code(key, Writer, n, At, Notable, Prev, Items) == Mac;
}
