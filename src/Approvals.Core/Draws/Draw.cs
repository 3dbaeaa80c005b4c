using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Approvals.Core.Draws;

/// <summary>Somebody who can be drawn.</summary>
/// <param name="Id">Unique among the candidates.</param>
/// <param name="Weight">Chances relative to the others, 1 to 1,000,000.</param>
public sealed record DrawCandidate(string Id, int Weight);

/// <summary>One draw out of the urn.</summary>
/// <param name="Id">Who was drawn.</param>
/// <param name="Ticket">The number that was drawn, from 0.</param>
/// <param name="Of">Number of tickets there were: the weights of all that were still in.</param>
public sealed record DrawPick(string Id, long Ticket, long Of);

/// <summary>
/// Random draw without replacement (随机抽取) that anybody can replay: the same seed, candidates and count always give the same result,
/// in whatever order the candidates come. The algorithm, named in every record, is docs/decisions/*-draws.md:
/// candidates in order of the bytes of their ids; each holds as many tickets as its weight; block <c>i</c> (from 0) of the random stream is
/// the first eight bytes, big-endian, of HMAC-SHA256(seed, "APV-DRAW-1" followed by <c>i</c> as eight bytes big-endian); a block below the
/// largest multiple of the number of tickets gives ticket = block mod tickets, others are passed over, so that every ticket is equally
/// likely; who holds the ticket is drawn and taken out.
/// </summary>
public static class Draw
{
    /// <summary>Name of the algorithm.</summary>
    public const string Algorithm = "APV-DRAW-1";

    private static readonly byte[] Label = Encoding.ASCII.GetBytes(Algorithm);

    /// <summary>Draws.</summary>
    /// <param name="seed">At least 16 bytes.</param>
    /// <param name="candidates">In any order.</param>
    /// <param name="count">How many to draw, at least 0; with more than there are, all are drawn.</param>
    /// <returns>In the order they were drawn.</returns>
    /// <exception cref="ArgumentException">An id occurs twice, a weight is out of range, or the seed is too short.</exception>
    public static IReadOnlyList<DrawPick> Run(ReadOnlySpan<byte> seed, IEnumerable<DrawCandidate> candidates, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (seed.Length < 16)
        {
            throw new ArgumentException("A seed has at least 16 bytes.", nameof(seed));
        }

        var urn = InOrder(candidates);
        var tickets = urn.Sum(one => (long)one.Weight);
        var picks = new List<DrawPick>(Math.Min(count, urn.Count));
        ulong block = 0;
        while (picks.Count < count && urn.Count > 0)
        {
            var ticket = NextTicket(seed, ref block, tickets);
            var index = Holder(urn, ticket);
            picks.Add(new DrawPick(urn[index].Id, ticket, tickets));
            tickets -= urn[index].Weight;
            urn.RemoveAt(index);
        }

        return picks;
    }

    private static List<DrawCandidate> InOrder(IEnumerable<DrawCandidate> candidates)
    {
        var urn = candidates.Select(one => (Bytes: Encoding.UTF8.GetBytes(one.Id), Candidate: one)).ToList();
        urn.Sort((left, right) => left.Bytes.AsSpan().SequenceCompareTo(right.Bytes));
        for (var i = 0; i < urn.Count; i++)
        {
            if (urn[i].Candidate.Weight is < 1 or > 1_000_000)
            {
                throw new ArgumentException($"Candidate {i} has a weight outside 1 to 1,000,000.", nameof(candidates));
            }

            if (i > 0 && urn[i].Bytes.AsSpan().SequenceEqual(urn[i - 1].Bytes))
            {
                throw new ArgumentException("A candidate occurs twice.", nameof(candidates));
            }
        }

        return urn.ConvertAll(one => one.Candidate);
    }

    private static long NextTicket(ReadOnlySpan<byte> seed, ref ulong block, long tickets)
    {
        // The largest multiple of the tickets that 64 bits hold; with a power of two nothing is passed over.
        var rest = (ulong.MaxValue % (ulong)tickets + 1) % (ulong)tickets;
        Span<byte> message = stackalloc byte[Label.Length + 8];
        Label.CopyTo(message);
        Span<byte> hash = stackalloc byte[32];
        while (true)
        {
            BinaryPrimitives.WriteUInt64BigEndian(message[Label.Length..], block++);
            HMACSHA256.HashData(seed, message, hash);
            var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
            if (number <= ulong.MaxValue - rest)
            {
                return (long)(number % (ulong)tickets);
            }
        }
    }

    private static int Holder(List<DrawCandidate> urn, long ticket)
    {
        var index = 0;
        while (ticket >= urn[index].Weight)
        {
            ticket -= urn[index++].Weight;
        }

        return index;
    }
}
