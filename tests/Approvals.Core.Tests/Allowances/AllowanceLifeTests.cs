using Approvals.Core.Allowances;
using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Allowances;

public sealed class AllowanceLifeTests
{
    [Theory, OnEachDatabase]
    public async Task Days_signed_by_section_finance_and_leader_become_entitlements_with_their_working_and_orders(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await ThreeDaysAsync(world);
        var caseId = await ClaimedAsync(world, eventId, mission, DayMark.Full, DayMark.Half, DayMark.Full);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        await SignAsync(world, caseId);

        var one = await world.Kernel.ReadAsync(db => db.Entitlements.SingleAsync());
        Assert.Equal((500m, caseId, "2026-03"), (one.Amount, one.CaseId, one.Period));
        Assert.Equal(
            ["2026-03-02，较大／市区，全天", "2026-03-03，较大／市区，半天", "2026-03-04，较大／市区，全天"],
            PayoutJson.WorkingOf(one).Select(line => line.Text));
        Assert.Equal(2, PayoutJson.BasisOf(one).Count);
        Assert.Equal((world.Handler.Id, world.Leader.Id), (one.ClaimedById, one.ApprovedById));
        Assert.Equal(5, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync(row => row.ReleasedById == null)));
        var row = await world.Kernel.ReadAsync(db => db.Cases.SingleAsync(row => row.Id == caseId));
        Assert.Equal((CaseStatus.Completed, "已登记应付"), (row.Status, row.Outcome));
        Assert.Contains("人民币伍佰元整", row.Data.Contains("\\u", StringComparison.Ordinal)
            ? System.Text.Json.Nodes.JsonNode.Parse(row.Data)!["totalCapital"]!.GetValue<string>() : row.Data, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_day_is_claimed_once_also_while_the_other_claim_is_not_decided(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await ThreeDaysAsync(world);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            ClaimAsync(world, eventId, mission, DayMark.Full, DayMark.Full, DayMark.Full))));
        Assert.Single(outcomes, outcome => outcome is SubmitAllowanceOutcome.Submitted);
        var refused = outcomes.OfType<SubmitAllowanceOutcome.Invalid>().First();
        Assert.Contains("已列入业务件 GZBZ-2026-0001", refused.Preview.Problems[mission.Id][0], StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_commander_called_twice_to_one_event_is_paid_for_both_missions_and_for_a_day_of_both_once(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, first) = await ThreeDaysAsync(world);
        var second = await world.ActiveAsync(eventId, 0);
        world.Kernel.Time.Advance(TimeSpan.FromDays(1));
        await world.EndAsync(second);
        second = await world.MissionAsync(second.Id);
        Assert.Equal(first.LastDay, second.FirstDay);
        Task<SubmitAllowanceOutcome> BothAsync(DayMark shared) => world.AsAsync(world.Handler, scope => scope.GetRequiredService<SubmitAllowance>()
            .SubmitAsync(eventId, [Input(first, [DayMark.Full, DayMark.Full, DayMark.Half]), Input(second, [shared, DayMark.Full])], default));

        var twice = Assert.IsType<SubmitAllowanceOutcome.Invalid>(await BothAsync(DayMark.Full));
        Assert.Equal(
            "2026-03-04 已列入本次申请的另一项任务（半天），同一天不能重复计发", Assert.Single(Assert.Single(twice.Preview.Problems).Value));
        var caseId = Assert.IsType<SubmitAllowanceOutcome.Submitted>(await BothAsync(DayMark.Half)).CaseId;
        await SignAsync(world, caseId);

        Assert.Equal("已登记应付", await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Outcome).SingleAsync()));
        var granted = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        Assert.Equal([500m, 300m], granted.Select(row => row.Amount));
        var found = await world.AsAsync(world.Handler, scope => scope.GetRequiredService<SubmitAllowance>().FindAsync(granted[1].Id, default));
        Assert.Equal(second.Id, found!.Value.Part.MissionId);
    }

    [Theory, OnEachDatabase]
    public async Task A_refused_claim_frees_its_days_and_grants_nothing(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await ThreeDaysAsync(world);
        var caseId = await ClaimedAsync(world, eventId, mission, DayMark.Full);
        await world.DecideAsync(caseId, world.Head, DecisionKind.Approve);
        await world.DecideAsync(caseId, world.Finance, DecisionKind.Reject, "标准有误。");
        Assert.Equal(CaseStatus.Rejected, await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Status).SingleAsync()));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        await ClaimedAsync(world, eventId, mission, DayMark.Full);
    }

    [Theory, OnEachDatabase]
    public async Task A_correction_reverses_the_whole_and_claims_anew_and_never_edits(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await ThreeDaysAsync(world);
        await SignAsync(world, await ClaimedAsync(world, eventId, mission, DayMark.Full, DayMark.Full, DayMark.Full));
        var first = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync());
        Assert.IsType<SubmitAllowanceOutcome.Invalid>(await CorrectAsync(world, first.Id, mission, "", DayMark.Full, DayMark.Absent, DayMark.Full));

        var correction = Assert.IsType<SubmitAllowanceOutcome.Submitted>(
            await CorrectAsync(world, first.Id, mission, "第二天因病撤离。", DayMark.Full, DayMark.Absent, DayMark.Full)).CaseId;
        var again = Assert.IsType<SubmitAllowanceOutcome.Invalid>(
            await CorrectAsync(world, first.Id, mission, "再次更正。", DayMark.Full, DayMark.Absent, DayMark.Full));
        Assert.Contains("正在由业务件", again.Preview.Problems[Guid.Empty][0], StringComparison.Ordinal);
        await SignAsync(world, correction);

        var all = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        Assert.Equal([600m, -600m, 400m], all.Select(row => row.Amount));
        Assert.Equal([null, first.Id, null], all.Select(row => row.ReversesId));
        Assert.Equal(4, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync(row => row.ReleasedById == null)));
        Assert.IsType<SubmitAllowanceOutcome.NotAllowed>(
            await CorrectAsync(world, first.Id, mission, "已冲销的不能再更正。", DayMark.Full, DayMark.Full, DayMark.Full));
    }

    [Theory, OnEachDatabase]
    public async Task Days_outside_the_mission_and_half_days_without_a_word_are_refused_and_nothing_is_stored(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await ThreeDaysAsync(world);
        var outside = Assert.IsType<SubmitAllowanceOutcome.Invalid>(await SubmitAsync(world, eventId, new SheetInput(
            mission.Id, new Dictionary<DateOnly, DayMark> { [new DateOnly(2026, 3, 5)] = DayMark.Full }, null)));
        Assert.Contains("不在任务期间", outside.Preview.Problems[mission.Id][0], StringComparison.Ordinal);
        var half = Assert.IsType<SubmitAllowanceOutcome.Invalid>(await SubmitAsync(world, eventId, new SheetInput(
            mission.Id, new Dictionary<DateOnly, DayMark> { [new DateOnly(2026, 3, 3)] = DayMark.Half }, " ")));
        Assert.Contains("请说明情况", half.Preview.Problems[mission.Id][0], StringComparison.Ordinal);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Cases.CountAsync(row => row.ProcessKey == SubmitAllowance.Process)));
        Assert.IsType<SubmitAllowanceOutcome.NotAllowed>(await world.AsAsync(world.Duty, scope =>
            scope.GetRequiredService<SubmitAllowance>().SubmitAsync(eventId, [], default)));
    }

    /// <summary>The order that ends a mission may name a day before some that are claimed already.</summary>
    [Theory, OnEachDatabase]
    public async Task Days_behind_the_end_of_the_mission_are_not_granted_although_they_were_claimed_before_it(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await FiveDaysAsync(world);
        var caseId = await ClaimedAsync(world, eventId, mission, [.. Enumerable.Repeat(DayMark.Full, 5)]);
        await world.EndAsync(mission, mission.FirstDay!.Value.AddDays(2));
        await SignAsync(world, caseId);

        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Entitlements.CountAsync()));
        Assert.Equal(CaseStatus.Rejected, await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Status).SingleAsync()));
        var said = await world.Kernel.ReadAsync(db => db.CaseEvents.Where(row => row.CaseId == caseId && row.Text == "不能登记应付").Select(row => row.Detail).SingleAsync());
        Assert.Contains("指挥官一：2026-03-05、2026-03-06 不在任务期间（2026-03-02 至 2026-03-04）", said, StringComparison.Ordinal);
        var right = await ClaimedAsync(world, eventId, mission, [.. Enumerable.Repeat(DayMark.Full, 3)]);
        await SignAsync(world, right);
        Assert.Equal(600m, await world.Kernel.ReadAsync(db => db.Entitlements.Select(row => row.Amount).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Days_granted_behind_the_end_of_a_mission_are_told_to_the_allowance_officers(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await FiveDaysAsync(world);
        await world.Kernel.CommitAsync((_, db) => db.RoleAssignments.Add(new RoleAssignment { PersonId = world.Handler.Id, Role = Roles.AllowanceOfficer }));
        await SignAsync(world, await ClaimedAsync(world, eventId, mission, [.. Enumerable.Repeat(DayMark.Full, 5)]));
        await world.EndAsync(mission, mission.FirstDay!.Value.AddDays(2));
        Assert.Single(await world.ToldAsync(world.Handler), text =>
            text.Contains("指挥官一的任务至 2026-03-04 止，其后已计发 2 天补助，请核对并更正", StringComparison.Ordinal));
    }

    /// <summary>A correction claims the same days anew before it frees them: they count as claimed once, not twice.</summary>
    [Theory, OnEachDatabase]
    public async Task A_correction_that_runs_hides_no_days_of_others(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (eventId, mission) = await FiveDaysAsync(world);
        var other = await world.ActiveAsync(eventId, 1);
        world.Kernel.Time.Advance(TimeSpan.FromDays(1));
        await world.EndAsync(mission);
        await world.EndAsync(other);
        mission = await world.MissionAsync(mission.Id);
        Task<decimal> OpenAsync() => world.AsAsync(world.Handler, async scope =>
            (await scope.GetRequiredService<AllowanceQuery>().EventsAsync(default)).Single().Open);
        await SignAsync(world, await ClaimedAsync(world, eventId, mission, [.. Enumerable.Repeat(DayMark.Full, 3)]));
        var open = await OpenAsync();
        var granted = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync());
        Assert.IsType<SubmitAllowanceOutcome.Submitted>(
            await CorrectAsync(world, granted.Id, mission, "更正。", DayMark.Full, DayMark.Full, DayMark.Full));
        Assert.Equal(open, await OpenAsync());
    }

    [Theory, OnEachDatabase]
    public async Task Rates_changed_by_two_at_once_have_one_winner(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var owner = new Person { Name = "流程管理员" };
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            try
            {
                return await world.Kernel.InScopeAsync(scope =>
                {
                    scope.GetRequiredService<CurrentPerson>().Set(owner.Id, owner.Name, [Roles.ProcessOwner]);
                    return scope.GetRequiredService<ChangeRates>().ChangeAsync(0, [Rate(200 + i)], "文件", default);
                });
            }
            catch (DbUpdateException)
            {
                return new ChangeRatesOutcome.Outdated();
            }
        })));
        Assert.Single(outcomes, outcome => outcome is ChangeRatesOutcome.Changed);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.AllowanceRates.CountAsync()));
    }

    /// <summary>A mission that goes on, five days after its first.</summary>
    private static async Task<(Guid EventId, Mission Mission)> FiveDaysAsync(MissionWorld world)
    {
        await SetRatesAsync(world);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ActiveAsync(eventId, 0);
        world.Kernel.Time.Advance(TimeSpan.FromDays(5));
        return (eventId, mission);
    }

    private static Task SetRatesAsync(MissionWorld world) => world.Kernel.CommitAsync((_, db) =>
    {
        var table = new AllowanceRateTable { Version = 1, Reason = "测试", SetByName = "测试" };
        db.AllowanceRateTables.Add(table);
        db.AllowanceRates.Add(new AllowanceRate { TableId = table.Id, Level = EventLevel.Larger, Region = "urban", From = new DateOnly(2026, 1, 1), Daily = 200 });
    });

    private static async Task<(Guid EventId, Mission Mission)> ThreeDaysAsync(MissionWorld world)
    {
        await SetRatesAsync(world);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ActiveAsync(eventId, 0);
        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        await world.EndAsync(mission);
        return (eventId, await world.MissionAsync(mission.Id));
    }

    private static async Task SignAsync(MissionWorld world, Guid caseId)
    {
        foreach (var signer in new[] { world.Head, world.Finance, world.Leader })
        {
            Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(caseId, signer, DecisionKind.Approve));
        }

        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));
    }

    private static async Task<Guid> ClaimedAsync(MissionWorld world, Guid eventId, Mission mission, params DayMark[] marks) =>
        Assert.IsType<SubmitAllowanceOutcome.Submitted>(await ClaimAsync(world, eventId, mission, marks)).CaseId;

    private static Task<SubmitAllowanceOutcome> ClaimAsync(MissionWorld world, Guid eventId, Mission mission, params DayMark[] marks) =>
        SubmitAsync(world, eventId, Input(mission, marks));

    private static Task<SubmitAllowanceOutcome> SubmitAsync(MissionWorld world, Guid eventId, SheetInput input) => world.AsAsync(
        world.Handler, scope => scope.GetRequiredService<SubmitAllowance>().SubmitAsync(eventId, [input], default));

    private static Task<SubmitAllowanceOutcome> CorrectAsync(
        MissionWorld world, Guid entitlement, Mission mission, string reason, params DayMark[] marks) => world.AsAsync(
        world.Handler, scope => scope.GetRequiredService<SubmitAllowance>().CorrectAsync(entitlement, Input(mission, marks), reason, default));

    private static SheetInput Input(Mission mission, DayMark[] marks) => new(
        mission.Id, marks.Select((mark, index) => (Day: mission.FirstDay!.Value.AddDays(index), mark)).ToDictionary(one => one.Day, one => one.mark),
        "情况属实");

    private static RateRow Rate(decimal daily) => new(EventLevel.Larger, "urban", new DateOnly(2026, 1, 1), null, daily);
}
