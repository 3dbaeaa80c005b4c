using System.Text.Json.Nodes;
using Approvals.Core.Allowances;
using Approvals.Core.Cases;
using Approvals.Core.Compensation;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Payouts;
using Approvals.Core.Tests.Compensation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Insurance;
using Approvals.Core.Tests.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Faults;

/// <summary>
/// An exception at every command and commit of a mission, of the allowance for it, of a compensation and of a purchase of insurance. Checked
/// after each: every row as before; task, decision, step, waits, timer, number, document, person-day, grant, cover, claim, audit.
/// </summary>
public sealed class RescueFaultTests
{
    private readonly Strikes strikes = new();

    [Theory, OnEachDatabase]
    public async Task A_mission_and_its_allowance_outlive_a_fault_at_any_command(string database)
    {
        await using var world = await MissionWorld.StartAsync(database, strikes.AddTo);
        await RatesAsync(world);
        await AtEveryPointAsync(world, "the event", () => world.AsAsync(world.Duty, scope => scope.GetRequiredService<OpenEvent>().OpenAsync(
            new EventInput
            {
                Name = "化工园区泄漏事故", Specialty = "hazchem", Level = EventLevel.Larger, Region = "urban", Place = "化工园区三号路",
                StartedAt = new DateTime(2026, 3, 2, 8, 40, 0), GeneralCommanderId = world.General.Id,
            },
            default)));

        // Whoever was not answered opens it again: the duty office sees two, and closes one. The first is used here.
        var eventId = await world.Kernel.ReadAsync(db => db.Events.OrderBy(row => row.Id).Select(row => row.Id).FirstAsync());
        await AtEveryPointAsync(world, "the choice", () => world.ChooseAsync(eventId, 0));
        var mission = await world.Kernel.ReadAsync(db => db.Missions.AsNoTracking().SingleAsync());
        await DecideAsync(world, mission.CaseId, world.General);
        await DecideAsync(world, mission.CaseId, world.Commanders[0]);
        await AtEveryPointAsync(world, "the log", () => world.AsAsync(world.Commanders[0], scope =>
            scope.GetRequiredService<WriteEventLog>().WriteAsync(eventId, EventLogKind.Withdrawal, "全员撤至 300 米外。", null, default)));
        await AtEveryPointAsync(world, "the handing over", () => world.AsAsync(world.General, scope =>
            scope.GetRequiredService<HandOverCommand>().HandOverAsync(eventId, world.OtherGeneral.Id, default)));
        await DecideAsync(world, mission.CaseId, world.OtherGeneral, new JsonObject { ["terminationReason"] = "over" });
        await AtEveryPointAsync(world, "the end of the event", () => world.AsAsync(world.OtherGeneral, scope =>
            scope.GetRequiredService<CloseEvent>().CloseAsync(eventId, "险情排除。", default)));
        await strikes.AtEveryPointOfTheJobsAsync(world.Kernel, "the orders");
        mission = await world.MissionAsync(mission.Id);
        Assert.Equal(MissionStatus.Ended, mission.Status);
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.Documents.CountAsync(row => row.CaseId == mission.CaseId && row.FileId != null)));

        var granted = await AllowanceAsync(world, eventId, mission);
        await CorrectionAsync(world, granted, mission);
    }

    [Theory, OnEachDatabase]
    public async Task A_revocation_outlives_a_fault_at_any_command(string database)
    {
        await using var world = await MissionWorld.StartAsync(database, strikes.AddTo);
        var mission = await world.ChosenAsync(await world.OpenEventAsync(), 0);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        await AtEveryPointAsync(world, "the revocation", () => world.AsAsync(
            world.General, scope => scope.GetRequiredService<RevokeMission>().RevokeAsync(mission.Id, "另有安排。", default)));
        Assert.Equal(MissionStatus.Cancelled, (await world.MissionAsync(mission.Id)).Status);
        Assert.Empty(await world.OpenTasksAsync(mission.CaseId));
    }

    [Theory, OnEachDatabase]
    public async Task A_compensation_outlives_a_fault_at_any_command(string database)
    {
        var desk = await ClaimDesk.StartAsync(database, strikes.AddTo);
        await using var world = desk.World;
        var draft = await desk.DraftAsync("invoiceFiles", "responsibilityFiles");
        await AtEveryPointAsync(world, "the claim", () =>
            desk.SubmitAsync(draft, desk.Fields(ClaimDesk.Invoice(1, 3000m), ClaimDesk.Invoice(2, 450.5m))));
        await DecideAsync(world, draft, world.Head, new JsonObject
        {
            ["cuts"] = new JsonArray(new JsonObject { ["line"] = 1, ["amount"] = "500", ["reason"] = "超出标准" }),
        });
        await DecideAsync(world, draft, world.Leader);
        Assert.Equal(2950.5m, (await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync())).Amount);
    }

    [Theory, OnEachDatabase]
    public async Task A_purchase_of_insurance_and_a_claim_outlive_a_fault_at_any_command(string database)
    {
        await using var world = await MissionWorld.StartAsync(database, strikes.AddTo);
        var today = new DateOnly(2026, 3, 2);
        await AtEveryPointAsync(world, "the purchase", () => world.OpenAsync(today, [world.CommanderIds[2]]));
        var caseId = await world.Kernel.ReadAsync(db => db.InsuranceMembers.Select(row => row.CaseId).Distinct().SingleAsync());
        await ScansAsync(world, caseId);
        await DecideAsync(world, caseId, world.Officer, Purchases.Quotation(318.5m, today.AddDays(1), today.AddYears(1)), DecisionKind.Submit);
        await DecideAsync(world, caseId, world.Head);
        await DecideAsync(world, caseId, world.Leader);
        Assert.Equal(318.5m, (await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync())).Amount);
        await DecideAsync(
            world, caseId, world.Officer, new JsonObject { ["policies"] = await world.NumberedAsync(caseId), ["unissued"] = new JsonArray() },
            DecisionKind.Submit);
        await DecideAsync(world, caseId, world.Head);

        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        var policy = await world.Kernel.ReadAsync(db => db.InsurancePolicies.Where(row => row.CaseId == caseId).Select(row => row.Id).SingleAsync());
        await AtEveryPointAsync(world, "the claim", () => world.AsAsync(world.Officer, scope => scope.GetRequiredService<RecordClaim>().RecordAsync(
            policy, new ClaimInput("2026-03-04", null, "左臂骨折", "8000"), [], default)));
        Assert.True(await world.Kernel.ReadAsync(db => db.InsuranceClaims.AnyAsync(row => row.PolicyId == policy)));
    }

    /// <summary>A sheet of one day, claimed and signed by section, finance and leader.</summary>
    private async Task<Entitlement> AllowanceAsync(MissionWorld world, Guid eventId, Mission mission)
    {
        var sheet = new SheetInput(mission.Id, new Dictionary<DateOnly, DayMark> { [mission.FirstDay!.Value] = DayMark.Full }, "情况属实");
        await AtEveryPointAsync(world, "the claim of the days", () => world.AsAsync(
            world.Handler, scope => scope.GetRequiredService<SubmitAllowance>().SubmitAsync(eventId, [sheet], default)));
        await SignAsync(world);
        var granted = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().SingleAsync());
        Assert.Equal(200m, granted.Amount);
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync()));
        return granted;
    }

    /// <summary>The day was a half one: the first claim is taken back and half of it granted anew.</summary>
    private async Task CorrectionAsync(MissionWorld world, Entitlement granted, Mission mission)
    {
        var half = new SheetInput(mission.Id, new Dictionary<DateOnly, DayMark> { [mission.FirstDay!.Value] = DayMark.Half }, "下午撤离");
        await AtEveryPointAsync(world, "the correction", () => world.AsAsync(
            world.Handler, scope => scope.GetRequiredService<SubmitAllowance>().CorrectAsync(granted.Id, half, "第二天因病撤离。", default)));
        await SignAsync(world);
        var all = await world.Kernel.ReadAsync(db => db.Entitlements.AsNoTracking().OrderBy(row => row.Number).ToListAsync());
        Assert.Equal([200m, -200m, 100m], all.Select(row => row.Amount));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.PersonDays.CountAsync(row => row.ReleasedById == null)));
    }

    private async Task SignAsync(MissionWorld world)
    {
        var caseId = await world.Kernel.ReadAsync(db => db.Cases
            .Where(row => row.ProcessKey == SubmitAllowance.Process && row.Status == CaseStatus.Running).Select(row => row.Id).SingleAsync());
        foreach (var signer in new[] { world.Head, world.Finance, world.Leader })
            await DecideAsync(world, caseId, signer);
    }

    /// <summary>Somebody's decision, struck at every point; it stands once.</summary>
    private async Task DecideAsync(
        MissionWorld world, Guid caseId, Person person, JsonObject? fields = null, DecisionKind kind = DecisionKind.Approve)
    {
        var task = Assert.Single(await world.OpenTasksAsync(caseId), one => one.AssigneeId == person.Id);
        await AtEveryPointAsync(world, $"the decision of {person.Name}", () =>
            world.DecideTaskAsync(task.Id, person, kind, "核对无误。", (JsonObject?)fields?.DeepClone()));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Decisions.CountAsync(one => one.TaskId == task.Id)));
    }

    private static Task RatesAsync(MissionWorld world) => world.Kernel.CommitAsync((_, db) =>
    {
        var table = new AllowanceRateTable { Version = 1, Reason = "测试", SetByName = "测试" };
        db.AllowanceRateTables.Add(table);
        db.AllowanceRates.Add(new AllowanceRate { TableId = table.Id, Level = EventLevel.Larger, Region = "urban", From = new DateOnly(2026, 1, 1), Daily = 200 });
    });

    /// <summary>Scans of quotation and policies, whose content is there.</summary>
    private static Task ScansAsync(MissionWorld world, Guid caseId) => world.Kernel.CommitAsync(async (scope, unit) =>
    {
        var file = await scope.GetRequiredService<FileStore>().SaveAsync(new MemoryStream("%PDF-1.7"u8.ToArray()), "application/pdf", null, default);
        foreach (var field in new[] { "quotation", "policyFiles" })
            unit.Db.Attachments.Add(new CaseAttachment { CaseId = caseId, FieldKey = field, FileName = "扫描件.pdf", FileId = file.Id });
        return true;
    });

    private async Task AtEveryPointAsync(MissionWorld world, string what, Func<Task> act) =>
        Assert.InRange(await strikes.AtEveryPointAsync(world.Kernel, what, act), 3, int.MaxValue);
}
