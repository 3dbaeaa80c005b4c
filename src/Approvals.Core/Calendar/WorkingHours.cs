namespace Approvals.Core.Calendar;

/// <summary>Office hours of a working day (办公时间), in order and without overlap. Bound from configuration <c>Calendar:WorkingHours</c>.</summary>
public sealed class WorkingHours
{
    /// <summary>9:00–12:00 and 13:30–17:30 (default).</summary>
    public static readonly WorkingHours Default = new([
        new Span(new TimeOnly(9, 0), new TimeOnly(12, 0)), new Span(new TimeOnly(13, 30), new TimeOnly(17, 30))]);

    /// <summary>Takes spans as they are given.</summary>
    /// <exception cref="ArgumentException">There is none, one is empty, or they overlap or lie out of order.</exception>
    public WorkingHours(IReadOnlyList<Span> spans)
    {
        var isOrdered = spans.Zip(spans.Skip(1)).All(pair => pair.First.Until <= pair.Second.From);
        if (spans.Count == 0 || !isOrdered || spans.Any(span => span.From >= span.Until))
        {
            throw new ArgumentException("Working hours must be non-empty spans in order.", nameof(spans));
        }

        Spans = spans;
    }

    /// <summary>From, until (exclusive).</summary>
    public readonly record struct Span(TimeOnly From, TimeOnly Until);

    /// <summary>The spans of a day.</summary>
    public IReadOnlyList<Span> Spans { get; }

    /// <summary>When work begins, e.g. 9:00.</summary>
    public TimeOnly Start => Spans[0].From;

    /// <summary>When work ends, e.g. 17:30; deadlines counted in working days end here.</summary>
    public TimeOnly End => Spans[^1].Until;

    /// <summary>Working time of a whole day.</summary>
    public TimeSpan Length => TimeBetween(TimeOnly.MinValue, TimeOnly.MaxValue);

    /// <summary>Working time of a day between two times of it.</summary>
    public TimeSpan TimeBetween(TimeOnly from, TimeOnly until) => Spans.Aggregate(TimeSpan.Zero, (sum, span) =>
    {
        var start = from > span.From ? from : span.From;
        var end = until < span.Until ? until : span.Until;
        return end > start ? sum + (end - start) : sum;
    });
}
