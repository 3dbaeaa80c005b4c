using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Inbox;
using Approvals.Core.Insurance;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Missions;

public sealed class CommandTests
{
    [Theory, OnEachDatabase]
    public async Task A_commander_is_called_to_one_place_only_however_many_call_at_once(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var first = await world.OpenEventAsync();
        var second = await world.OpenEventAsync(world.OtherGeneral);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            world.ChooseAsync(i % 2 == 0 ? first : second, 0, i % 2 == 0 ? world.General : world.OtherGeneral))));
        Assert.Single(outcomes, outcome => outcome is AppointOutcome.ToSign);
        Assert.All(outcomes.Where(outcome => outcome is not AppointOutcome.ToSign), outcome => Assert.Contains(
            "已有未结束的任务", Assert.IsType<AppointOutcome.Refused>(outcome).Why, StringComparison.Ordinal));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Missions.CountAsync()));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Cases.CountAsync(row => row.ProcessKey == "commander-mission")));
    }

    /// <summary>Two specialties are two entries of the register and one person.</summary>
    [Theory, OnEachDatabase]
    public async Task Who_is_a_commander_of_two_specialties_is_called_to_one_place_only(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        await world.Kernel.CommitAsync((_, db) =>
        {
            var known = db.Commanders.Single(row => row.Id == world.CommanderIds[0]);
            var origin = new Case
            {
                Number = "JZPR-2025-0009", ProcessKey = "commander-appointment", ProcessName = "技术指挥官聘任", SubjectName = known.Name,
                DefinitionVersionId = db.Cases.Where(row => row.Id == known.CaseId).Select(row => row.DefinitionVersionId).Single(),
                StarterId = known.PersonId!.Value, ApplicantId = known.PersonId.Value, Status = CaseStatus.Completed, Data = "{}",
            };
            var second = new Commander
            {
                CaseId = origin.Id, PersonId = known.PersonId, Name = known.Name, IdentityNumber = known.IdentityNumber, Gender = known.Gender,
                UnitName = known.UnitName, Specialty = "fire", SpecialtyName = "火灾与高层建筑", CertificateNumber = "江应急聘〔2025〕第0009号",
                TermStart = known.TermStart, TermEnd = known.TermEnd,
            };
            db.AddRange(origin, second);
            world.CommanderIds.Add(second.Id);
        });
        var first = await world.OpenEventAsync();
        var other = await world.OpenEventAsync(world.OtherGeneral);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => i % 2 == 0
            ? world.ChooseAsync(first, 0) : world.ChooseAsync(other, 3, world.OtherGeneral))));

        Assert.Single(outcomes, outcome => outcome is AppointOutcome.ToSign);
        Assert.All(outcomes.Where(outcome => outcome is not AppointOutcome.ToSign), outcome => Assert.Contains(
            "已有未结束的任务", Assert.IsType<AppointOutcome.Refused>(outcome).Why, StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task Only_the_general_commander_of_the_event_appoints_and_only_from_the_offered_roster(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        Assert.IsType<AppointOutcome.NotAllowed>(await world.ChooseAsync(eventId, 0, world.OtherGeneral));
        Assert.IsType<AppointOutcome.NotAllowed>(await world.ChooseAsync(eventId, 0, world.Duty));

        await world.Kernel.CommitAsync((_, db) => db.Commanders.Where(row => row.Id == world.CommanderIds[0])
            .ExecuteUpdate(set => set.SetProperty(row => row.TermEnd, new DateOnly(2026, 3, 1))));
        var late = Assert.IsType<AppointOutcome.Refused>(await world.ChooseAsync(eventId, 0));
        Assert.Contains("不在任期内", late.Why, StringComparison.Ordinal);
        Assert.True(await world.AsAsync(world.Duty, scope => scope.GetRequiredService<OfferRoster>().OfferAsync(eventId, default)));
        var gone = Assert.IsType<AppointOutcome.Refused>(await world.ChooseAsync(eventId, 0));
        Assert.Contains("参考名册中没有此人", gone.Why, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task A_commander_whose_certificate_is_void_is_neither_offered_nor_appointed(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        await world.Kernel.CommitAsync((_, db) =>
        {
            var commander = db.Commanders.Single(row => row.Id == world.CommanderIds[0]);
            VoidCertificates.Add(db, commander, world.Kernel.Time.GetUtcNow());
        });

        var refused = Assert.IsType<AppointOutcome.Refused>(await world.ChooseAsync(eventId, 0));
        Assert.Contains("聘任证书已作废", refused.Why, StringComparison.Ordinal);
        var roster = await world.AsAsync(world.Duty, scope => scope.GetRequiredService<RosterQuery>().CandidatesAsync(null, default));
        Assert.Equal(world.CommanderIds.Skip(1).Order(), roster.Select(one => one.CommanderId).Order());
    }

    [Theory, OnEachDatabase]
    public async Task The_general_commander_is_told_when_the_certificate_of_somebody_on_the_scene_is_made_void(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ActiveAsync(eventId, 0);
        var certificate = await world.Kernel.CommitAsync((_, unit) =>
        {
            var db = unit.Db;
            VoidCertificates.Add(db, db.Commanders.Single(row => row.Id == mission.CommanderId), world.Kernel.Time.GetUtcNow());
            var stands = db.Certificates.Local.Single();
            (stands.VoidedAt, stands.VoidReason) = (null, null);
            return Task.FromResult(stands.Id);
        });

        Assert.Equal(VoidOutcome.Voided, await world.AsAsync(
            world.Officer, scope => scope.GetRequiredService<VoidCertificate>().VoidAsync(certificate, "解聘", default)));

        Assert.Contains(await world.ToldAsync(world.General), text => text.StartsWith($"{mission.CommanderName}的聘任证书已作废", StringComparison.Ordinal));
        Assert.Contains(await world.ToldAsync(world.Commanders[0]), text => text.Contains("请交回市应急管理局", StringComparison.Ordinal));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.EventLog.CountAsync(row => row.EventId == eventId && row.Text.EndsWith("的聘任证书已作废"))));
        Assert.DoesNotContain(
            await world.AsAsync(world.Officer, scope => scope.GetRequiredService<InsuranceRoster>().OnAsync(new DateOnly(2030, 1, 1), default)),
            one => one.Commander.Id == mission.CommanderId);
    }

    [Theory, OnEachDatabase]
    public async Task Revoking_and_accepting_at_once_has_one_winner(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var mission = await world.ChosenAsync(await world.OpenEventAsync(), 0);
        await world.DecideAsync(mission.CaseId, world.General, DecisionKind.Approve);
        var accepting = Task.Run(() => world.DecideAsync(mission.CaseId, world.Commanders[0], DecisionKind.Approve));
        var revoking = Task.Run(() => world.AsAsync(
            world.General, scope => scope.GetRequiredService<RevokeMission>().RevokeAsync(mission.Id, "另有安排。", default)));
        DecideOutcome? accepted = null;
        try
        {
            accepted = await accepting;
        }
        catch (Xunit.Sdk.SingleException)
        {
            // The revocation was there before the commander opened the task.
        }

        var revoked = await revoking;
        var status = (await world.MissionAsync(mission.Id)).Status;
        Assert.Equal(revoked == RevokeOutcome.Revoked ? MissionStatus.Cancelled : MissionStatus.Active, status);
        Assert.Equal(revoked != RevokeOutcome.Revoked, accepted is DecideOutcome.Decided);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Incidents.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_handover_takes_along_what_waits_for_the_signature(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var waiting = await world.ChosenAsync(eventId, 0);
        var active = await world.ActiveAsync(eventId, 1);
        Assert.Equal(HandOverOutcome.HandedOver, await world.AsAsync(
            world.Duty, scope => scope.GetRequiredService<HandOverCommand>().HandOverAsync(eventId, world.OtherGeneral.Id, default)));

        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(waiting.CaseId, world.OtherGeneral, DecisionKind.Approve));
        Assert.Equal("终止指令", Assert.Single(await world.OpenTasksAsync(active.CaseId), one => one.AssigneeId == world.OtherGeneral.Id).StepName);
        await world.DecideAsync(waiting.CaseId, world.Commanders[0], DecisionKind.Approve);
        Assert.Equal("终止指令", Assert.Single(await world.OpenTasksAsync(waiting.CaseId), one => one.AssigneeId == world.OtherGeneral.Id).StepName);
        Assert.IsType<AppointOutcome.NotAllowed>(await world.ChooseAsync(eventId, 2));
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_takes_over_the_command_over_the_own_mission(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ActiveAsync(eventId, 0);
        await world.Kernel.CommitAsync((_, db) => db.RoleAssignments.Add(new RoleAssignment
        {
            PersonId = world.Commanders[0].Id, Role = Roles.GeneralCommander,
        }));
        Task<HandOverOutcome> HandOverAsync() => world.AsAsync(
            world.General, scope => scope.GetRequiredService<HandOverCommand>().HandOverAsync(eventId, world.Commanders[0].Id, default));

        Assert.Equal(HandOverOutcome.NotPossible, await HandOverAsync());
        await world.EndAsync(mission);
        Assert.Equal(world.General.Id, await world.Kernel.ReadAsync(db => db.Events.Select(row => row.GeneralCommanderId).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task An_event_closes_when_nobody_is_bound_by_it_any_more(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        var mission = await world.ActiveAsync(eventId, 0);
        Assert.Equal(["指挥官一"], Assert.IsType<CloseEventOutcome.StillBound>(await CloseAsync(world, eventId)).Names);
        await world.EndAsync(mission);
        Assert.IsType<CloseEventOutcome.Closed>(await CloseAsync(world, eventId));
        Assert.IsType<CloseEventOutcome.AlreadyClosed>(await CloseAsync(world, eventId));
        Assert.IsType<AppointOutcome.Refused>(await world.ChooseAsync(eventId, 1));
        Assert.Equal(LogOutcome.Closed, await LogAsync(world, world.General, eventId, EventLogKind.Situation, "补记"));
    }

    [Theory, OnEachDatabase]
    public async Task The_log_says_who_and_when_and_nobody_can_change_it(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var eventId = await world.OpenEventAsync();
        Assert.Equal(LogOutcome.NotAllowed, await LogAsync(world, world.Commanders[0], eventId, EventLogKind.Situation, "还没有到任"));
        await world.ActiveAsync(eventId, 0);
        Assert.Equal(LogOutcome.Written, await LogAsync(world, world.Commanders[0], eventId, EventLogKind.Withdrawal, "储罐有爆裂征兆，决定全员撤至300米外。"));
        Assert.Equal(LogOutcome.NotAllowed, await LogAsync(world, world.Commanders[0], eventId, EventLogKind.PlanApproved, "同意"));
        Assert.Equal(LogOutcome.TextNeeded, await LogAsync(world, world.General, eventId, EventLogKind.Situation, " "));
        var tomorrow = ChinaTime.ToLocal(world.Kernel.Time.GetUtcNow()).DateTime.AddDays(1);
        Assert.Equal(LogOutcome.WrongTime, await LogAsync(world, world.General, eventId, EventLogKind.PlanApproved, "同意方案", tomorrow));

        var entry = await world.Kernel.ReadAsync(db => db.EventLog.AsNoTracking().SingleAsync(row => row.Kind == EventLogKind.Withdrawal));
        Assert.Equal(("指挥官一", "技术指挥官"), (entry.ByName, entry.ByRole));
        foreach (var told in new[] { world.General, world.Duty })
        {
            Assert.Contains(await world.ToldAsync(told), text => text.Contains("撤离决定", StringComparison.Ordinal));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => world.Kernel.ReadAsync(db => db.EventLog.Where(row => row.Id == entry.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, "没有这回事"))));
        await Assert.ThrowsAnyAsync<Exception>(() => world.Kernel.ReadAsync(db => db.EventLog.Where(row => row.Id == entry.Id).ExecuteDeleteAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task An_absence_that_is_stated_shows_in_the_roster_until_it_is_taken_back(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (me, id) = (world.Commanders[0], world.CommanderIds[0]);
        Assert.IsType<AbsenceOutcome.NotAllowed>(await StateAsync(world, world.Commanders[1], id));
        Assert.IsType<AbsenceOutcome.Stored>(await StateAsync(world, me, id));
        Assert.Equal(Availability.Away, await AvailabilityAsync(world, id));
        var absence = await world.Kernel.ReadAsync(db => db.CommanderAbsences.Select(row => row.Id).SingleAsync());
        Assert.IsType<AbsenceOutcome.Stored>(await world.AsAsync(me, scope => scope.GetRequiredService<StateAbsence>().CancelAsync(absence, default)));
        Assert.Equal(Availability.Available, await AvailabilityAsync(world, id));
    }

    [Theory, OnEachDatabase]
    public async Task An_absence_is_taken_back_once_however_often_it_is_asked_for(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        var (me, id) = (world.Commanders[0], world.CommanderIds[0]);
        await StateAsync(world, me, id);
        var absence = await world.Kernel.ReadAsync(db => db.CommanderAbsences.Select(row => row.Id).SingleAsync());
        Task<AbsenceOutcome> BackAsync() => world.AsAsync(me, scope => scope.GetRequiredService<StateAbsence>().CancelAsync(absence, default));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(BackAsync)));
        Assert.Single(outcomes.OfType<AbsenceOutcome.Stored>());
        Assert.IsNotType<AbsenceOutcome.Stored>(await BackAsync());
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Action == "commander.back")));
    }

    [Theory, OnEachDatabase]
    public async Task The_end_of_a_policy_is_announced_60_and_30_days_ahead_once_unless_another_follows(string provider)
    {
        await using var world = await MissionWorld.StartAsync(provider);
        await world.Kernel.InScopeAsync(async scope =>
        {
            foreach (var task in scope.GetServices<Approvals.Core.Hosting.IStartupTask>().OfType<Approvals.Core.Insurance.WatchPolicies>())
            {
                await task.RunAsync(TestContext.Current.CancellationToken);
                await task.RunAsync(TestContext.Current.CancellationToken);
            }

            return true;
        });
        await world.Kernel.CommitAsync((_, db) =>
        {
            var first = db.InsurancePolicies.First(row => row.CommanderId == world.CommanderIds[1]);
            db.InsurancePolicies.Add(new Approvals.Core.Commanders.InsurancePolicy
            {
                CaseId = db.Cases.First(row => row.Id != first.CaseId).Id, CommanderId = first.CommanderId, Insurer = "江州财险", PolicyNumber = "P-9",
                SumInsured = 1_000_000, ValidFrom = new DateOnly(2027, 1, 1), ValidUntil = new DateOnly(2027, 12, 31),
            });
        });
        foreach (var (day, told) in new[] { (new DateOnly(2026, 10, 31), 0), (new DateOnly(2026, 11, 1), 1), (new DateOnly(2026, 12, 1), 2) })
        {
            world.Kernel.Time.SetUtcNow(ChinaTime.Instant(day, new TimeOnly(9, 0)));
            await world.RingAsync();
            Assert.Equal(told, (await world.ToldAsync(world.Officer)).Count(text => text.Contains("到期，请及时续保", StringComparison.Ordinal)));
        }

        Assert.All(await world.ToldAsync(world.Officer), text => Assert.StartsWith("指挥官一的意外伤害保险将于 2026-12-31 到期", text, StringComparison.Ordinal));
        Assert.Equal(2, (await world.ToldAsync(world.Commanders[0])).Count);
        Assert.Empty(await world.ToldAsync(world.Commanders[1]));
    }

    private static async Task<Availability> AvailabilityAsync(MissionWorld world, Guid commander) => (await world.AsAsync(
        world.Duty, scope => scope.GetRequiredService<RosterQuery>().CandidatesAsync([commander], default))).Single().Availability;

    private static Task<AbsenceOutcome> StateAsync(MissionWorld world, Approvals.Core.Organisation.Person by, Guid commander) => world.AsAsync(
        by, scope => scope.GetRequiredService<StateAbsence>().StateAsync(commander, new DateOnly(2026, 3, 1), null, "外出培训", default));

    private static Task<CloseEventOutcome> CloseAsync(MissionWorld world, Guid eventId) =>
        world.AsAsync(world.General, scope => scope.GetRequiredService<CloseEvent>().CloseAsync(eventId, "险情排除。", default));

    private static Task<LogOutcome> LogAsync(
        MissionWorld world, Approvals.Core.Organisation.Person by, Guid eventId, EventLogKind kind, string text, DateTime? at = null) =>
        world.AsAsync(by, scope => scope.GetRequiredService<WriteEventLog>().WriteAsync(eventId, kind, text, at, default));
}
