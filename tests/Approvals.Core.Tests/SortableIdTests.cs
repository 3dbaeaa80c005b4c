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
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var stamp = Convert.ToInt64(SortableId.New().ToString("N")[..12], 16);
        Assert.InRange(stamp, before, before + 60_000);
    }
}
