using System.Globalization;
using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Missions;
using Approvals.Core.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Commanders;

/// <summary>任期: reminders before its end, and the end (T§14). The first commander's is 2030-02-28.</summary>
public sealed class TermTests
{
    [Theory, OnEachDatabase]
    public async Task KeepersAndTheCommanderAreRemindedAndTheTermEndsOnTheDayAfterItsLast(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var id = world.CommanderIds[0];
        var lastDay = new DateOnly(2030, 2, 28);
        await world.Kernel.CommitAsync((scope, _) =>
        {
            var timers = scope.GetRequiredService<TimerService>();
            timers.Schedule(
                $"term-reminder:{id}:30", RemindOfTerm.TimerKind, new RemindOfTerm.Payload(id, 30),
                ChinaTime.Instant(lastDay.AddDays(-30), new TimeOnly(9, 0)));
            timers.Schedule($"term-end:{id}", EndTerm.TimerKind, new EndTerm.Payload(id), TermReminders.EndOf(lastDay));
        });

        world.Kernel.Time.SetUtcNow(ChinaTime.EndOf(lastDay).AddMinutes(-1));
        await world.RingAsync();
        Assert.Contains(await world.ToldAsync(world.Officer), one => one.Contains("指挥官一（危险化学品）的任期将于2030年2月28日届满", StringComparison.Ordinal));
        Assert.Contains("您的技术指挥官任期将于2030年2月28日届满", await world.ToldAsync(world.Commanders[0]));
        Assert.Equal(CommanderStatus.Appointed, await StatusAsync(world, id));

        world.Kernel.Time.Advance(TimeSpan.FromMinutes(2));
        await world.RingAsync();
        Assert.Equal(CommanderStatus.Expired, await StatusAsync(world, id));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Action == "commander.term-ended")));
    }

    /// <summary>A case on a version of the process that knew no roster insures the commander of the appointment it came from.</summary>
    [Theory, OnEachDatabase]
    public async Task AnInsuranceWithoutARosterIsRecordedForTheCommanderOfItsAppointment(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var caseId = await world.Kernel.CommitAsync(async (_, unit) =>
        {
            var appointment = await unit.Db.Cases.SingleAsync(row => row.Number == "JZPR-2025-0003");
            var insurance = new Case
            {
                Number = "JZBX-2025-0003", ProcessKey = "accident-insurance", ProcessName = "意外伤害保险",
                DefinitionVersionId = appointment.DefinitionVersionId, SubjectName = appointment.SubjectName,
                StarterId = world.Officer.Id, ApplicantId = world.Officer.Id, Status = CaseStatus.Running,
                Data = new JsonObject
                {
                    ["sourceCaseId"] = appointment.Id.ToString(), ["insurer"] = "江州财险", ["policyNumber"] = "P-3", ["sumInsured"] = "100",
                    ["validFrom"] = "2026-03-02", ["validUntil"] = "2027-03-01",
                }.ToJsonString(),
            };
            unit.Db.Cases.Add(insurance);
            return insurance.Id;
        });

        Assert.Contains("低于规定", await RecordAsync(world, caseId, 100), StringComparison.Ordinal);
        Assert.Null(await RecordAsync(world, caseId, 1_000_000));
        Assert.Null(await RecordAsync(world, caseId, 1_000_000));
        var policy = await world.Kernel.ReadAsync(db => db.InsurancePolicies.AsNoTracking().SingleAsync(row => row.CaseId == caseId));
        Assert.Equal(
            (world.CommanderIds[2], "P-3", 1_000_000m, new DateOnly(2027, 3, 1)),
            (policy.CommanderId, policy.PolicyNumber, policy.SumInsured, policy.ValidUntil));
    }

    private static Task<string?> RecordAsync(MissionWorld world, Guid caseId, decimal sum) => world.Kernel.CommitAsync(async (scope, _) =>
    {
        var open = (await CaseScope.LoadAsync(scope, caseId, default))!;
        var data = (JsonObject)open.Data.DeepClone();
        data["sumInsured"] = sum.ToString("0.00", CultureInfo.InvariantCulture);
        open.SetData(data);
        return await scope.GetRequiredService<RecordInsurance>().RecordAsync(open, default);
    });

    private static Task<CommanderStatus> StatusAsync(MissionWorld world, Guid id) =>
        world.Kernel.ReadAsync(db => db.Commanders.Where(row => row.Id == id).Select(row => row.Status).SingleAsync());
}
