namespace Approvals.Core.Tests;

public sealed class SortableIdTests
{
    [Fact]
    public void IdsRiseInTheOrderTheyWereMadeAlsoWithinAMillisecond()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => SortableId.New()).ToList();
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), ids.Select(id => id.ToString()));
        Assert.All(ids, id => Assert.Equal((7, 2), (id.Version, id.Variant >> 2)));
    }

    [Fact]
    public void TwoThreadsNeverMakeTheSameAndEachSeesItsOwnRise()
    {
        var made = new List<Guid>[8];
        Parallel.For(0, made.Length, i => made[i] = [.. Enumerable.Range(0, 5_000).Select(_ => SortableId.New())]);
        Assert.All(made, one => Assert.Equal(one.Order(), one));
        Assert.Equal(40_000, made.SelectMany(one => one).Distinct().Count());
    }

    [Fact]
    public void AnIdSaysWhenItWasMade()
    {
        // The framework's own version-7 id, made a moment before, says the same time.
        var before = StampOf(Guid.CreateVersion7());
        Assert.InRange(StampOf(SortableId.New()), before, before + 60_000);
    }

    private static long StampOf(Guid id) => Convert.ToInt64(id.ToString("N")[..12], 16);
}
