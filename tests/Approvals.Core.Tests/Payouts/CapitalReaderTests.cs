using Approvals.Documents.Text;
using Approvals.Testing;

namespace Approvals.Core.Tests.Payouts;

public sealed class CapitalReaderTests
{
    [Fact]
    public void CapitalsReadBackToTheFigure()
    {
        var seed = Seeds.For(71);
        var random = new Random(seed);
        decimal[] corners = [0m, 0.01m, 0.1m, 1m, 10m, 10000m, 100000000m, 10001m, 100000001.05m, 999999999999.99m, 1010101010.10m];
        var amounts = corners.Concat(Enumerable.Range(0, 20000).Select(_ =>
            random.NextInt64((long)Math.Pow(10, random.Next(1, 15))) / 100m));
        Assert.All(amounts, amount => Assert.True(CapitalReader.Read(RmbCapital.Format(amount)) == amount, $"seed {seed}: {amount}"));
    }
}
