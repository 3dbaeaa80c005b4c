using System.Data.Common;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Moving;
using Approvals.Core.Processes.Watching;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Processes;

/// <summary>What becomes of an end by hand when something else commits just before the end has its lock.</summary>
public sealed class EndingRaceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task An_end_whose_consequence_has_changed_since_it_was_confirmed_is_refused_and_done_once_the_new_one_is_confirmed(string provider)
    {
        var gap = new Gap(provider);
        await using var world = await CaseWorld.StartAsync(provider, gap.AddTo, Parent("驳回"), Child());
        var caseId = await world.SubmittedAsync("parent");
        var instances = await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == caseId).ToDictionaryAsync(row => row.DefinitionId, row => row.Id, Stop));
        Parent("补充评议").Write(world.Workflows);
        await world.ImportAsync();
        var target = await world.Kernel.ReadAsync(db => db.Definitions.SingleAsync(row => row.DefinitionId == "parent" && row.IsPublished, Stop));
        Task<EndEffect?> EffectAsync() => world.Kernel.InScopeAsync(scope => scope.GetRequiredService<EndEffects>().OfAsync(instances["child"], Stop));
        Task<EndOutcome> EndAsync(EndEffect told) => world.AsAsync(
            world.Leader, scope => scope.GetRequiredService<EndInstance>().CancelAsync(instances["child"], "不再评议", told.Confirmation, Stop));

        var told = (await EffectAsync())!;
        Assert.EndsWith("接下来是：驳回。", told.Says, StringComparison.Ordinal);
        var outcome = await gap.FillAsync(
            () => EndAsync(told),
            async () => Assert.IsType<MoveOutcome.Moved>(await world.AsAsync(world.Leader, scope => scope.GetRequiredService<MoveInstance>()
                .MoveAsync(instances["parent"], target.Id, "新版本", Guid.CreateVersion7(), Stop))));

        Assert.Equal(EndOutcome.Unconfirmed, outcome);
        Assert.Equal((CaseStatus.Running, "委托评议"), await StandingAsync(world, caseId));
        var now = (await EffectAsync())!;
        Assert.EndsWith("接下来是：补充评议。", now.Says, StringComparison.Ordinal);
        Assert.Equal(EndOutcome.Done, await EndAsync(now));
        Assert.Equal((CaseStatus.Completed, null), await StandingAsync(world, caseId));
    }

    [Theory, OnEachDatabase]
    public async Task A_fault_that_was_mended_meanwhile_no_longer_ends_the_case(string provider)
    {
        var gap = new Gap(provider);
        await using var world = await CaseWorld.StartAsync(provider, gap.AddTo, Parent("驳回"), Child());
        Task PublishedAsync(bool isPublished) => world.Kernel.ReadAsync(db => db.Definitions.Where(row => row.DefinitionId == "child")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.IsPublished, isPublished), Stop));
        await PublishedAsync(false);
        var caseId = await world.SubmittedAsync("parent");
        var incident = await world.Kernel.ReadAsync(db => db.Incidents.Select(row => row.Id).SingleAsync(Stop));
        await PublishedAsync(true);

        var outcome = await gap.FillAsync(
            () => world.AsAsync(world.Leader, scope => scope.GetRequiredService<ResolveIncident>().CancelAsync(incident, "无法修复", null, Stop)),
            async () => Assert.True(await world.AsAsync(world.Leader, scope => scope.GetRequiredService<ResolveIncident>().RetryAsync(incident, Stop))));

        Assert.Equal(EndOutcome.AlreadyEnded, outcome);
        Assert.Equal((CaseStatus.Running, "委托评议"), await StandingAsync(world, caseId));
        Assert.Equal("评议", Assert.Single(await world.OpenTasksAsync(caseId)).StepName);
    }

    private static async Task<(CaseStatus, string?)> StandingAsync(CaseWorld world, Guid caseId)
    {
        var row = await world.CaseAsync(caseId);
        return (row.Status, row.CurrentSteps);
    }

    private static TestProcess Parent(string ended) => new TestProcess("parent")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("sub", "Approvals.SubProcess", "委托评议", new { process = "child" })
        .Add("close", "Approvals.CloseCase", ended, new { outcome = ended })
        .Connect("start", "apply").Connect("apply", "sub").Connect("sub", "close", "结束");

    private static TestProcess Child() => new TestProcess("child").OnAnothersCase([])
        .Add("start", "Elsa.Start", "开始")
        .Add("vote", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:rescue" } })
        .Add("end", "Elsa.End", "结束")
        .Connect("start", "vote").Connect("vote", "end", "同意").Connect("vote", "end", "不同意");

    /// <summary>
    /// Lets one act happen between what another has read and the lock it asks for next. SQLite has one writer at a time, and so no such
    /// gap: there the one act is over before the other begins.
    /// </summary>
    private sealed class Gap(string provider) : DbCommandInterceptor
    {
        private Func<Task>? filling;

        public void AddTo(IServiceCollection services) => services.ConfigureDbContext<ApprovalsDbContext>(options => options.AddInterceptors(this));

        public async Task<T> FillAsync<T>(Func<Task<T>> act, Func<Task> with)
        {
            if (provider == "Sqlite")
                await with();
            else
                filling = with;
            var result = await act();
            Assert.Null(filling);
            return result;
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("UPDATE \"Cases\" SET \"RowVersion\"", StringComparison.Ordinal)
                && Interlocked.Exchange(ref filling, null) is { } now)
            {
                await now();
            }

            return result;
        }
    }
}
