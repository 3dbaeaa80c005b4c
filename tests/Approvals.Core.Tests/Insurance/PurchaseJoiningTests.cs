using System.Text.Json.Nodes;
using Approvals.Core.Cases;
using Approvals.Core.Cases.Activities;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Insurance;

/// <summary>People join a purchase and leave it; whatever happens at once, nobody is in two.</summary>
public sealed class PurchaseJoiningTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [OnEachDatabase]
    public async Task A_purchase_that_an_appointment_opened_is_merged_while_nobody_has_worked_on_it(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        await world.AddCommandersAsync(2);
        var untouched = await AppointedAsync(world, world.CommanderIds[3]);
        var quoted = await AppointedAsync(world, world.CommanderIds[4]);
        Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(
            quoted, "quotation", Purchases.Quotation(300m, Today.AddDays(8), Today.AddYears(1))));

        var taken = Assert.IsType<PurchaseOutcome.Invalid>(
            await world.OpenAsync(Today, [world.CommanderIds[2], world.CommanderIds[3], world.CommanderIds[4]]));
        Assert.Contains("不能重复投保", Assert.Single(taken.Problems).Value, StringComparison.Ordinal);
        Assert.Equal(CaseStatus.Running, (await CaseAsync(world, untouched)).Status);

        var opened = await world.OpenedAsync(Today, [world.CommanderIds[2], world.CommanderIds[3]]);
        Assert.Equal(2, opened.Persons);
        var merged = await CaseAsync(world, untouched);
        Assert.Equal((CaseStatus.Completed, $"并入 {opened.Number} 一并投保"), (merged.Status, merged.Outcome));
        Assert.Empty(await world.OpenTasksAsync(untouched));
        Assert.All(
            (await world.RosterAsync(Today)).Where(one => one.Commander.Id != world.CommanderIds[4]),
            one => Assert.Equal(opened.CaseId, one.Purchase?.CaseId));
        Assert.Equal(CaseStatus.Running, (await CaseAsync(world, quoted)).Status);
    }

    [Theory]
    [OnEachDatabase]
    public async Task A_person_leaves_a_purchase_before_the_quotation_only_and_never_the_last_one(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        await world.AddCommandersAsync(2);
        var opened = await world.OpenedAsync(Today, world.CommanderIds[2..5]);
        var members = await world.Kernel.ReadAsync(db => db.InsuranceMembers.AsNoTracking().OrderBy(row => row.Name).ToListAsync());

        Assert.Contains("请填写移出原因", await LeaveAsync(members[0], " "), StringComparison.Ordinal);
        Assert.Null(await LeaveAsync(members[0], "单位已投保"));
        Assert.Equal("此人已不在名单中。", await LeaveAsync(members[0], "再次"));
        Assert.Null(await LeaveAsync(members[1], "即将解聘"));
        Assert.Equal("名单只剩一人，不能再移出。", await LeaveAsync(members[2], "最后一人"));
        var data = await world.DataAsync(opened.CaseId);
        Assert.Equal((1, 2, 1), ((int)data["personCount"]!, data["leftOut"]!.AsArray().Count, data["members"]!.AsArray().Count));

        Assert.IsType<DecideOutcome.Decided>(await world.SubmitAsync(
            opened.CaseId, "quotation", Purchases.Quotation(300m, Today.AddDays(8), Today.AddYears(1))));
        Assert.Contains("报价已经提交", await LeaveAsync(members[2], "太迟"), StringComparison.Ordinal);

        Task<string?> LeaveAsync(InsuranceMember member, string reason) => world.AsAsync(world.Officer, scope =>
            scope.GetRequiredService<LeaveOut>().LeaveOutAsync(opened.CaseId, member.Id, reason, default));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Of_two_officers_who_insure_the_same_person_at_once_one_is_told_of_the_other(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.OpenAsync(Today, [world.CommanderIds[2]]))));
        Assert.Single(outcomes.OfType<PurchaseOutcome.Opened>());
        Assert.Equal(3, outcomes.OfType<PurchaseOutcome.Invalid>().Count());
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.InsuranceMembers.CountAsync()));
    }

    /// <summary>The purchase that an appointment opens for its commander.</summary>
    private static Task<Guid> AppointedAsync(MissionWorld world, Guid commander) => world.AsAsync(world.Officer, async scope =>
    {
        var source = await scope.GetRequiredService<ApprovalsDbContext>().Commanders.SingleAsync(row => row.Id == commander);
        return await scope.GetRequiredService<UnitOfWork>().RunAsync(
            async _ =>
            {
                var cases = scope.GetRequiredService<OpenCase>();
                var opened = await cases.MakeAsync(
                    new OpenCaseRequest(
                        OpenPurchase.Process, source.Name, world.Officer.Id, world.Officer.Id,
                        new JsonObject { [StartCaseActivity.SourceField] = source.CaseId.ToString() }),
                    default);
                await cases.RunAsync(opened!, default);
                return opened!.Id;
            },
            default);
    });

    private static Task<Case> CaseAsync(MissionWorld world, Guid id) =>
        world.Kernel.ReadAsync(db => db.Cases.AsNoTracking().SingleAsync(row => row.Id == id));
}
