using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Missions.Rules;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Missions;

public sealed class MissionLifeTests
{
    [Theory, OnEachDatabase]
    public async Task A_mission_goes_from_the_roster_to_its_evaluation(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        Assert.Contains(await world.ToldAsync(world.General), text => text.Contains("参考名册已提供（3 人）", StringComparison.Ordinal));
        var mission = await world.ActiveAsync(eventId, 0);
        Assert.Equal((MissionStatus.Active, (DateOnly?)new DateOnly(2026, 3, 2)), (mission.Status, mission.FirstDay));
        Assert.Null(mission.CoverOverrideReason);

        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        await world.EndAsync(mission, new DateOnly(2026, 3, 4));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(
            mission.CaseId, world.Commanders[0], DecisionKind.Submit,
            fields: new JsonObject { ["reportText"] = "泄漏已经封堵，现场监测达标，人员全部安全撤出，任务完成。" }));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(
            mission.CaseId, world.Head, DecisionKind.Approve,
            fields: new JsonObject { ["evaluationGrade"] = "excellent", ["evaluationText"] = "处置科学、指挥有力。" }));

        mission = await world.MissionAsync(mission.Id);
        Assert.Equal(
            (MissionStatus.Evaluated, (MissionGrade?)MissionGrade.Excellent, (DateOnly?)new DateOnly(2026, 3, 4)),
            (mission.Status, mission.Grade, mission.LastDay));
        var one = await world.Kernel.ReadAsync(db => db.Cases.SingleAsync(row => row.Id == mission.CaseId));
        Assert.Equal((CaseStatus.Completed, "任务完成，已评估"), (one.Status, one.Outcome));
        var documents = await world.Kernel.ReadAsync(db =>
            db.Documents.Where(row => row.CaseId == mission.CaseId).OrderBy(row => row.Id).ToListAsync());
        Assert.Equal(["江应急令〔2026〕1号", "江应急令〔2026〕2号"], documents.Select(row => row.Number));
        Assert.Contains("现任命指挥官一同志", documents[0].Model, StringComparison.Ordinal);
        Assert.Contains("至2026年3月4日止", documents[1].Model, StringComparison.Ordinal);
        await world.RingAsync();
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Documents.CountAsync(row => row.Sha256 == null)));
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));
        var log = await world.Kernel.ReadAsync(db => db.EventLog.OrderBy(row => row.Id).Select(row => row.Text).ToListAsync());
        Assert.Equal(
            ["值班员开启事件，总指挥：总指挥甲", "任命指挥官一为现场技术指挥官", "指挥官一接受任命", "终止指挥官一行使现场指挥权（办法第十九条）"], log);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_is_appointed_without_cover_unless_the_leader_gives_a_reason(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ChosenAsync(eventId, 2);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        Assert.Equal(MissionStatus.Proposed, (await world.MissionAsync(mission.Id)).Status);
        Assert.Equal("无保险特批", Assert.Single(await world.OpenTasksAsync(mission.CaseId)).StepName);

        var without = Assert.IsType<DecideOutcome.Invalid>(await world.DecideAsync(mission.CaseId, world.Leader, DecisionKind.Approve));
        Assert.Equal("waiverReason", Assert.Single(without.Errors).Path);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(
            mission.CaseId, world.Leader, DecisionKind.Approve, fields: new JsonObject { ["waiverReason"] = "唯一熟悉该装置的指挥官，保单当日补办。" }));

        mission = await world.MissionAsync(mission.Id);
        Assert.Equal(
            (MissionStatus.Appointed, "唯一熟悉该装置的指挥官，保单当日补办。", "分管局长"),
            (mission.Status, mission.CoverOverrideReason, mission.CoverOverriddenByName));
        Assert.Equal(Verdict.Waived, await world.Kernel.ReadAsync(db => db.Findings
            .Where(row => row.CaseId == mission.CaseId && row.IsCurrent && row.Rule == "MissionCover").Select(row => row.Verdict).SingleAsync()));

        // The form says that the reason is written in the order.
        var order = await world.Kernel.ReadAsync(db => db.Documents.SingleAsync(row => row.CaseId == mission.CaseId));
        Assert.Contains(
            "意外伤害保险：该同志无有效保险，分管局长特批：唯一熟悉该装置的指挥官，保单当日补办。",
            Assert.Single(DocumentSnapshot.Parse(order.Model).Text.Paragraphs, one => one.StartsWith("意外伤害保险", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Cover_is_that_of_the_day_of_the_signature_and_not_of_the_proposal(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        world.Kernel.Time.SetUtcNow(ChinaTime.Instant(new DateOnly(2026, 12, 31), new TimeOnly(23, 50)));
        var eventId = await world.OpenEventAsync();
        var (ended, bought) = (await world.ChosenAsync(eventId, 0), await world.ChosenAsync(eventId, 2));
        Assert.NotNull(ended.PolicyId);
        await world.Kernel.CommitAsync((_, db) => db.InsurancePolicies.Add(new InsurancePolicy
        {
            CaseId = bought.CaseId, CommanderId = world.CommanderIds[2], Insurer = "江州财险", PolicyNumber = "P-9", SumInsured = 1_000_000,
            ValidFrom = new DateOnly(2027, 1, 1), ValidUntil = new DateOnly(2027, 12, 31),
        }));
        world.Kernel.Time.SetUtcNow(ChinaTime.Instant(new DateOnly(2027, 1, 1), new TimeOnly(0, 10)));

        await world.DecideAsync(ended.CaseId, world.General, DecisionKind.Approve);
        await world.DecideAsync(bought.CaseId, world.General, DecisionKind.Approve);

        Assert.Equal("无保险特批", Assert.Single(await world.OpenTasksAsync(ended.CaseId)).StepName);
        Assert.Equal((MissionStatus.Proposed, null), ((ended = await world.MissionAsync(ended.Id)).Status, ended.PolicyId));
        Assert.Equal("本人答复", Assert.Single(await world.OpenTasksAsync(bought.CaseId)).StepName);
        Assert.NotNull((await world.MissionAsync(bought.Id)).PolicyId);
    }

    /// <summary>T§3, T§14: an order signed for somebody who is no commander any more appoints nobody, and leaves a finding that says why.</summary>
    [Theory, OnEachDatabase]
    public async Task Who_is_no_longer_a_commander_when_the_order_is_signed_is_not_appointed(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var (over, lost, renewed) = (await world.ChosenAsync(eventId, 0), await world.ChosenAsync(eventId, 1), await world.ChosenAsync(eventId, 2));
        await world.Kernel.CommitAsync((_, db) =>
        {
            db.Commanders.Single(row => row.Id == over.CommanderId).TermEnd = new DateOnly(2026, 3, 1);
            db.Commanders.Single(row => row.Id == renewed.CommanderId).TermEnd = new DateOnly(2036, 3, 1);
            VoidCertificates.Add(db, db.Commanders.Single(row => row.Id == lost.CommanderId), world.Kernel.Time.GetUtcNow());
        });

        foreach (var (mission, value) in new[] { (over, "至 2026-03-01"), (lost, "，聘任证书已作废") })
        {
            await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);

            Assert.Empty(await world.OpenTasksAsync(mission.CaseId));
            Assert.Equal(MissionStatus.Cancelled, (await world.MissionAsync(mission.Id)).Status);
            Assert.Equal(CaseStatus.Rejected, await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == mission.CaseId).Select(row => row.Status).SingleAsync()));
            Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Documents.CountAsync(row => row.CaseId == mission.CaseId)));
            var finding = await world.Kernel.ReadAsync(db => db.Findings.AsNoTracking()
                .SingleAsync(row => row.CaseId == mission.CaseId && row.IsCurrent && row.Rule == "MissionTerm"));
            Assert.Equal((Verdict.Fail, "T§14"), (finding.Verdict, finding.Article));
            Assert.EndsWith(value, finding.Value, StringComparison.Ordinal);
            Assert.Contains(await world.ToldAsync(world.General), text => text.Contains($"{mission.CommanderName}的任命未成立（任期", StringComparison.Ordinal));
        }

        // The finding is that of the day it takes effect: after the leader's approval, and by the term as it stands then.
        await world.DecideAsync(renewed.CaseId, world.General, DecisionKind.Approve);
        await world.DecideAsync(renewed.CaseId, world.Leader, DecisionKind.Approve, fields: new JsonObject { ["waiverReason"] = "唯一熟悉该装置" });
        Assert.Equal(MissionStatus.Appointed, (await world.MissionAsync(renewed.Id)).Status);
        Assert.EndsWith("至 2036-03-01", await world.Kernel.ReadAsync(db => db.Findings
            .Where(row => row.CaseId == renewed.CaseId && row.IsCurrent && row.Rule == "MissionTerm").Select(row => row.Value).SingleAsync()), StringComparison.Ordinal);
    }

    /// <summary>As when the step after the check failed: it is run again later, by another request.</summary>
    [Theory, OnEachDatabase]
    public async Task Why_an_appointment_came_to_nothing_is_told_also_when_the_check_was_stored_before(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var mission = await world.ChosenAsync(await world.OpenEventAsync(), 0);
        await world.Kernel.CommitAsync((_, db) => db.Findings.Add(new Finding
        {
            CaseId = mission.CaseId, Rule = nameof(MissionTerm), Article = "T§14", Title = "任期和聘任证书", Verdict = Verdict.Fail,
            Value = "2021-03-02 至 2026-03-01", Expected = "当日在任期内", Message = "任期已经届满", At = world.Kernel.Time.GetUtcNow(),
        }));

        await world.AsAsync(world.General, scope => scope.GetRequiredService<UnitOfWork>().RunAsync(
            async _ =>
            {
                var found = await CaseScope.LoadAsync(scope, mission.CaseId, default);
                await scope.GetRequiredService<MissionRecords>().CancelledAsync(found!, default);
                return true;
            },
            default));

        Assert.Contains(
            await world.ToldAsync(world.General),
            text => text.EndsWith($"对{mission.CommanderName}的任命未成立（任期 2021-03-02 至 2026-03-01）", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task An_approval_without_cover_appoints_nobody_whose_certificate_was_made_void_meanwhile(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var mission = await world.ChosenAsync(await world.OpenEventAsync(), 2);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        await world.Kernel.CommitAsync((_, db) => VoidCertificates.Add(
            db, db.Commanders.Single(row => row.Id == mission.CommanderId), world.Kernel.Time.GetUtcNow()));

        await world.DecideAsync(mission.CaseId, world.Leader, DecisionKind.Approve, fields: new JsonObject { ["waiverReason"] = "唯一熟悉该装置" });

        Assert.Equal(MissionStatus.Cancelled, (await world.MissionAsync(mission.Id)).Status);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Documents.CountAsync(row => row.CaseId == mission.CaseId)));
    }

    [Theory, OnEachDatabase]
    public async Task An_order_and_its_answer_are_signed_by_whom_they_name_and_by_no_colleague(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var (mission, bare) = (await world.ChosenAsync(eventId, 0), await world.ChosenAsync(eventId, 2));
        async Task RefusedAsync(Guid caseId, Person by) => Assert.IsType<ActOutcome.NotAllowed>(await world.AsAsync(by, async scope =>
            await scope.GetRequiredService<HandOverTask>().HandOverAsync(
                Assert.Single(await world.OpenTasksAsync(caseId)).Id, world.Handler.Id, "外出", default)));

        await RefusedAsync(mission.CaseId, world.General);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        await RefusedAsync(mission.CaseId, world.Commanders[0]);
        await world.DecideAsync(mission.CaseId, world.Commanders[0], DecisionKind.Approve);
        await RefusedAsync(mission.CaseId, world.General);
        await world.DecideAsync(bare.CaseId, world.General, DecisionKind.Approve);
        await RefusedAsync(bare.CaseId, world.Leader);
    }

    [Theory, OnEachDatabase]
    public async Task The_leader_can_refuse_a_mission_without_cover(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var mission = await world.ChosenAsync(await world.OpenEventAsync(), 2);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(mission.CaseId, world.Leader, DecisionKind.Reject, "先行投保。"));
        Assert.Equal(MissionStatus.Cancelled, (await world.MissionAsync(mission.Id)).Status);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Documents.CountAsync()));
    }

    [Theory]
    [InlineData("Sqlite", true)]
    [InlineData("PostgreSql", false)]
    public async Task A_refusal_is_ruled_and_stays_on_record(string provider, bool justified)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ChosenAsync(eventId, 0);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        Assert.IsType<DecideOutcome.Invalid>(await world.DecideAsync(mission.CaseId, world.Commanders[0], DecisionKind.Reject));
        await world.DecideAsync(mission.CaseId, world.Commanders[0], DecisionKind.Reject, "正在外地出差。");
        await world.DecideAsync(
            mission.CaseId, world.Head, justified ? DecisionKind.Approve : DecisionKind.Reject, "经核实。");

        mission = await world.MissionAsync(mission.Id);
        Assert.Equal((MissionStatus.Refused, "正在外地出差。", (bool?)justified), (mission.Status, mission.RefusalReason, mission.RefusalJustified));
        var roster = await world.AsAsync(world.Duty, scope => scope.GetRequiredService<RosterQuery>().CandidatesAsync(null, default));
        var again = roster.Single(one => one.CommanderId == mission.CommanderId);
        Assert.Equal((Availability.Available, justified ? 0 : 1), (again.Availability, again.Record.UnjustifiedRefusals));
    }

    [Theory, OnEachDatabase]
    public async Task A_report_that_is_not_in_goes_to_the_head_and_then_to_the_leader(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var mission = await world.ActiveAsync(await world.OpenEventAsync(), 0);
        await world.EndAsync(mission);
        mission = await world.MissionAsync(mission.Id);
        Assert.Equal(ChinaTime.Instant(new DateOnly(2026, 3, 9), new TimeOnly(17, 30)), mission.ReportDueAt);

        world.Kernel.Time.SetUtcNow(mission.ReportDueAt!.Value.AddSeconds(-1));
        await world.RingAsync();
        Assert.DoesNotContain(await world.ToldAsync(world.Head), text => text.Contains("至今未交", StringComparison.Ordinal));
        world.Kernel.Time.SetUtcNow(mission.ReportDueAt.Value);
        await world.RingAsync();
        await world.RingAsync();
        Assert.Single(await world.ToldAsync(world.Head), text => text.Contains("至今未交", StringComparison.Ordinal));
        Assert.Empty(await world.ToldAsync(world.Leader));
        world.Kernel.Time.SetUtcNow(ChinaTime.Instant(new DateOnly(2026, 3, 12), new TimeOnly(17, 30)));
        await world.RingAsync();
        Assert.Single(await world.ToldAsync(world.Leader), text => text.Contains("至今未交", StringComparison.Ordinal));
        Assert.Contains(await world.ToldAsync(world.Commanders[0]), text => text.Contains("已逾期", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task An_appointment_that_is_not_answered_is_reported_to_command_and_duty_office(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var mission = await world.ChosenAsync(await world.OpenEventAsync(), 0);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        world.Kernel.Time.Advance(TimeSpan.FromMinutes(30));
        await world.RingAsync();
        Assert.Contains(await world.ToldAsync(world.Duty), text => text.Contains("尚未答复", StringComparison.Ordinal));
        Assert.Contains(await world.ToldAsync(world.General), text => text.Contains("尚未答复", StringComparison.Ordinal));
    }
}
