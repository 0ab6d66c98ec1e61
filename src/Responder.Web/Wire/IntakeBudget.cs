using System.Buffers;
using System.Threading.RateLimiting;

namespace Responder.Web.Wire;

/// <summary>
/// The memory that deliveries may hold at once. A delivery takes its part as its body comes in, and gives it back when it is answered; where there is no
/// more, its sender is told to come back.
/// </summary>
/// <param name="bytes">The whole of it.</param>
internal sealed class IntakeBudget(int bytes) : IDisposable
{
    private const int Part = 64 * 1024;

    private readonly ConcurrencyLimiter _parts = new(new ConcurrencyLimiterOptions { PermitLimit = Math.Max(1, bytes / Part), QueueLimit = 0 });

    public void Dispose() => _parts.Dispose();

    /// <summary>Reads a body; null where the budget is spent. Dispose what is returned when the delivery is answered.</summary>
    public async Task<Delivery?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var delivery = new Delivery();
        try
        {
            // What is announced is taken before the first byte is read.
            if (!delivery.Take(_parts, Parts(request.ContentLength ?? 0)))
            {
                delivery.Dispose();
                return null;
            }

            while (true)
            {
                var result = await request.BodyReader.ReadAsync(cancel);
                foreach (var piece in result.Buffer)
                {
                    delivery.Add(piece.Span);
                }

                request.BodyReader.AdvanceTo(result.Buffer.End);
                if (!delivery.Take(_parts, Parts(delivery.Length)))
                {
                    delivery.Dispose();
                    return null;
                }

                if (result.IsCompleted)
                {
                    return delivery;
                }
            }
        }
        catch
        {
            delivery.Dispose();
            throw;
        }
    }

    private static int Parts(long length) => (int)((length + Part - 1) / Part) is var parts && parts < 1 ? 1 : parts;

    /// <summary>A body in memory.</summary>
    internal sealed class Delivery : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _body = new();
        private readonly List<RateLimitLease> _leases = [];
        private int _taken;

        public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

        public int Length => _body.WrittenCount;

        public void Add(ReadOnlySpan<byte> piece) => _body.Write(piece);

        public bool Take(RateLimiter limiter, int parts)
        {
            if (parts <= _taken)
            {
                return true;
            }

            RateLimitLease lease;
            try
            {
                lease = limiter.AttemptAcquire(parts - _taken);
            }
            catch (ArgumentOutOfRangeException)
            {
                // More than the whole budget.
                return false;
            }

            _leases.Add(lease);
            _taken = parts;
            return lease.IsAcquired;
        }

        public void Dispose() => _leases.ForEach(lease => lease.Dispose());
    }
}
