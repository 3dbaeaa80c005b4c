using System.Diagnostics;

namespace Approvals.Benchmarks.Durable;

/// <summary>Time on the clock and of all processors.</summary>
internal readonly record struct Spent(TimeSpan Wall, TimeSpan Cpu)
{
    /// <summary>Up to now, by this process.</summary>
    public static Spent Now() => Now(Environment.CpuUsage.TotalTime);

    /// <summary>Up to now, by a process that has used so much of the processors.</summary>
    public static Spent Now(TimeSpan cpu) => new(Stopwatch.GetElapsedTime(0), cpu);

    public static Spent operator +(Spent one, Spent other) => new(one.Wall + other.Wall, one.Cpu + other.Cpu);

    public static Spent operator -(Spent later, Spent earlier) => new(later.Wall - earlier.Wall, later.Cpu - earlier.Cpu);
}

/// <summary>What a range of the approvals of two signers cost, and the same writes alone.</summary>
internal sealed class Share(Range range)
{
    private Spent ours, bare;

    /// <summary>Adds a turn that begins at an approval, if it is of the range.</summary>
    public void Add(int first, Spent of, Spent reference)
    {
        if (first >= range.Start.Value && first < range.End.Value)
            (ours, bare) = (ours + of, bare + reference);
    }

    /// <summary>One JSON line.</summary>
    public string Line(string name, string what)
    {
        var approvals = 2 * (range.End.Value - range.Start.Value);
        return Figure.Line(
            name, approvals / ours.Wall.TotalSeconds, "approvals a second", approvals / bare.Wall.TotalSeconds,
            $"{what}; limit: half of the reference, transactions that write the same rows, one after another; CPU "
            + $"{ours.Cpu.TotalMilliseconds / approvals:0.00} ms, reference {bare.Cpu.TotalMilliseconds / approvals:0.00} ms; "
            + $"wall {ours.Wall.TotalMilliseconds / approvals:0.00} ms, "
            + $"reference {bare.Wall.TotalMilliseconds / approvals:0.00} ms; "
            + MachineLoad.Note);
    }
}
