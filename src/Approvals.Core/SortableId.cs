using System.Buffers.Binary;

namespace Approvals.Core;

/// <summary>
/// Version-7 UUIDs (RFC 9562) that rise within a process, so that rows made one after the other in the same millisecond, as a decision and
/// the end of its case are, stand in that order wherever they are ordered by id. The twelve bits behind the milliseconds count (section 6.2,
/// method 1); when they run over, the next millisecond is begun early.
/// </summary>
public static class SortableId
{
    private const int CounterBits = 12;

    private static long last;

    /// <summary>An id greater than every one made here before.</summary>
    public static Guid New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16;
        var stamp = Next(milliseconds << CounterBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (stamp >> CounterBits << 16) | 0x7000L | (stamp & ((1 << CounterBits) - 1)));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>Race closed: two threads in the same millisecond; each takes a count of its own.</summary>
    private static long Next(long now)
    {
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = Math.Max(now, before + 1);
            if (Interlocked.CompareExchange(ref last, next, before) == before)
                return next;
        }
    }
}
