using Approvals.Core.Certificates;
using Approvals.Core.Integrity;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>The fault becomes an incident and what was done before it is committed, so nothing may be taken that the letter alone uses.</summary>
    [Theory, OnEachDatabase]
    public async Task ALetterWhoseWordsFailTakesNoNumberHoweverOftenItIsTried(string provider)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var world = await CaseWorld.StartAsync(provider, new TestProcess("letters")
            .Add("start", "Elsa.Start", "开始")
            .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
            .Add("letter", "Approvals.IssueDocument", "发文", new { text = "letter" })
            .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
            .Connect("start", "apply").Connect("apply", "letter").Connect("letter", "close"));
        var folder = Directory.CreateDirectory(Path.Combine(world.Workflows, "letters", "documents")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "letter.json"), """{ "title": "通知", "paragraphs": ["{% for i in (1..20000) %}{{ number }}{% endfor %}"] }""", cancel);
        await world.ImportAsync();

        await world.SubmittedAsync("letters");
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.AsNoTracking().SingleAsync(cancel));
        await world.AsAsync(world.Leader, scope => scope.GetRequiredService<ResolveIncident>().RetryAsync(incident.Id, cancel));

        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.NumberSeries.CountAsync(row => row.Key.StartsWith("document:"), cancel)));
        Assert.StartsWith("文书模板有误", incident.Message, StringComparison.Ordinal);
        Assert.Empty((await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<IntegrityCheck>().RunAsync(cancel))).Violations);
    }
}
