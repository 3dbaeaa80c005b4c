using Approvals.Core.Certificates;
using Approvals.Core.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Certificates;

public sealed class NumberingTests
{
    [Theory, OnEachDatabase]
    public async Task TwentyTransactionsAtOnceSomeRolledBackLeaveNoGapAndNoDouble(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() => kernel.CommitAsync(
            async (scope, unit) =>
            {
                var number = await scope.GetRequiredService<Numbering>().NextAsync(
                    "case:test:2026", TestContext.Current.CancellationToken);
                if (index % 4 == 0)
                {
                    unit.Abort();
                    return 0;
                }

                return number;
            }))));
        Assert.Equal(Enumerable.Range(1, 15), taken.Where(number => number > 0).Order());
    }

    [Theory, OnEachDatabase]
    public async Task EverySeriesCountsForItself(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        var numbers = await kernel.CommitAsync(async (scope, _) =>
        {
            var numbering = scope.GetRequiredService<Numbering>();
            var cancel = TestContext.Current.CancellationToken;
            return new[]
            {
                await numbering.NextAsync("a:2025", cancel), await numbering.NextAsync("a:2025", cancel),
                await numbering.NextAsync("a:2026", cancel),
            };
        });
        Assert.Equal([1, 2, 1], numbers);
    }

    [Theory, OnEachDatabase]
    public async Task ANumberOutsideATransactionIsRefused(string provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await Assert.ThrowsAsync<InvalidOperationException>(() => kernel.InScopeAsync(
            scope => scope.GetRequiredService<Numbering>().NextAsync("a", TestContext.Current.CancellationToken)));
    }
}
