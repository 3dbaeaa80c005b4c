using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Certificates.Activities;
using Approvals.Core.Commanders;
using Approvals.Core.Notifications;
using Approvals.Core.Processes;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Notices;
using Approvals.Core.Training;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Training;

public sealed class TrainingLifeTests
{
    [Theory, OnEachDatabase]
    public async Task A_resit_passed_leads_to_certificates_register_and_insurance(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        await SitAsync(world, "第一期", 52);
        await SitAsync(world, "第二期", 86.5m);

        var kinds = await world.Kernel.ReadAsync(db => db.Certificates.OrderBy(row => row.Kind).Select(row => row.Number).ToListAsync());
        Assert.Equal(["江应急聘〔2026〕第0001号", "江应急培〔2026〕第0001号", "JZ-JZ-2026-0001"], kinds);
        var commander = await world.Kernel.ReadAsync(db => db.Commanders.SingleAsync());
        Assert.Equal((new DateOnly(2026, 3, 10), new DateOnly(2031, 3, 9)), (commander.TermStart, commander.TermEnd));
        Assert.Equal("危险化学品", commander.SpecialtyName);
        Assert.Equal("报价", await world.Kernel.ReadAsync(db =>
            db.Cases.Where(row => row.ProcessKey == "accident-insurance").Select(row => row.CurrentSteps).SingleAsync()));
        Assert.Equal(3, await world.Kernel.ReadAsync(db => db.Timers.CountAsync(row => row.Kind == "term-reminder" || row.Kind == "term-end")));
        Assert.Equal(caseId, commander.CaseId);
    }

    [Theory, OnEachDatabase]
    public async Task The_last_failure_ends_the_case_with_a_letter(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        await SitAsync(world, "第一期", 52);
        await SitAsync(world, "第二期", 57);
        var letter = await world.Kernel.ReadAsync(db => db.Documents.SingleAsync(row => row.Title == "培训考核不合格通知书"));
        Assert.Contains("57分", letter.Model, StringComparison.Ordinal);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Certificates.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task The_last_seat_goes_to_one_candidate(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        for (var i = 0; i < 4; i++)
        {
            await world.CaseAtNoticeAsync();
        }

        await world.PassNoticeAsync();
        var session = await PlanAsync(world, "第一期", 1);
        var waiting = await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Id).ToListAsync());
        var outcomes = await Task.WhenAll(waiting.Select(id => Task.Run(() => SeatAsync(world, session, id))));
        Assert.Single(outcomes, outcome => outcome is EnrolOutcome.Seated);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.CountAsync(row => row.Status == TrainingStatus.Enrolled)));
    }

    [Theory, OnEachDatabase]
    public async Task Results_published_twice_at_once_count_once(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var session = await SeatedAsync(world, "第一期", 52);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PublishAsync(world, session))));
        Assert.Single(outcomes, outcome => outcome is PublishOutcome.Published);
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.CountAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task A_session_keeps_room_for_those_seated_and_is_changed_once_from_one_page(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var session = await PlanAsync(world, "第一期", 10);
        var candidate = await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Id).SingleAsync());
        await SeatAsync(world, session, candidate);
        Task<PlanOutcome> ChangeAsync(int seats, int version, int day = 12) => world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PlanSession>()
            .ChangeAsync(session, new SessionInput("改期培训班", new DateOnly(2026, 3, day), "市局四楼", seats), version, default));
        Task<TrainingSession> NowAsync() => world.Kernel.ReadAsync(db => db.TrainingSessions.AsNoTracking().SingleAsync());

        var drawn = (await NowAsync()).RowVersion;
        Assert.Contains("第一期", (await NowAsync()).Title, StringComparison.Ordinal);
        Assert.IsType<PlanOutcome.Invalid>(await ChangeAsync(0, drawn));
        Assert.IsType<PlanOutcome.Saved>(await ChangeAsync(1, drawn));
        Assert.IsType<PlanOutcome.Changed>(await ChangeAsync(5, drawn));
        var changed = await NowAsync();
        Assert.Equal(("改期培训班", new DateOnly(2026, 3, 12), "市局四楼", 1), (changed.Title, changed.HeldOn, changed.Place, changed.Capacity));
        Assert.Equal(new PublishOutcome.TooEarly(new DateOnly(2026, 3, 12)), await PublishAsync(world, session));
        world.Kernel.Time.Advance(TimeSpan.FromDays(2));
        await RecordAsync(world, session, candidate, 90);
        var later = Assert.IsType<PlanOutcome.Invalid>(await ChangeAsync(1, (await NowAsync()).RowVersion, day: 20));
        Assert.Equal("已登记出勤，开班日期不能改到今天以后", later.Problems["HeldOn"]);
        Assert.IsType<PublishOutcome.Published>(await PublishAsync(world, session));
        Assert.IsType<PlanOutcome.Changed>(await ChangeAsync(5, (await NowAsync()).RowVersion));
    }

    /// <summary>Who was told to come somewhere is told when that is no longer so, once each time.</summary>
    [Theory, OnEachDatabase]
    public async Task Candidates_are_told_of_their_seat_of_another_day_and_of_losing_it(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var session = await PlanAsync(world, "第一期", 10);
        var candidate = await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Id).SingleAsync());
        await SeatAsync(world, session, candidate);
        async Task<PlanOutcome> ChangeAsync(int day, int seats)
        {
            var version = await world.Kernel.ReadAsync(db => db.TrainingSessions.Select(row => row.RowVersion).SingleAsync());
            return await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PlanSession>().ChangeAsync(
                session, new SessionInput("第一期培训班", new DateOnly(2026, 3, day), "区应急局三楼", seats), version, default));
        }

        Assert.IsType<PlanOutcome.Saved>(await ChangeAsync(12, 10));
        Assert.IsType<PlanOutcome.Saved>(await ChangeAsync(12, 5));
        Assert.True(await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<EnrolCandidates>().UnseatAsync(session, candidate, default)));
        Assert.IsType<PlanOutcome.Saved>(await ChangeAsync(13, 5));

        Assert.Equal(
            [
                "请于2026年3月10日参加“第一期培训班”，地点：区应急局三楼", "培训考核有调整：请于2026年3月12日参加“第一期培训班”，地点：区应急局三楼",
                "您不再参加2026年3月12日的“第一期培训班”，请等待另行安排",
            ],
            await world.Kernel.ReadAsync(db => db.Notifications.Where(row => row.Text.Contains("培训班")).OrderBy(row => row.Id).Select(row => row.Text).ToListAsync()));
        Assert.Equal(3, await world.Kernel.ReadAsync(db => db.CaseEvents.CountAsync(row => row.CaseId == caseId && row.Kind == "training" && row.Text.Contains("第一期培训班"))));
    }

    /// <summary>T§13: 公示 comes before 培训考核. A resit may be before its officer got round to publishing the sitting before it.</summary>
    [Theory, OnEachDatabase]
    public async Task Nobody_is_seated_in_a_session_that_was_before_the_end_of_their_notice(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var candidate = await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Id).SingleAsync());
        Task<PlanOutcome> PlannedAsync(int day) => world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PlanSession>()
            .CreateAsync(new SessionInput("往期培训班", new DateOnly(2026, 3, day), "区应急局三楼", 10), default));
        var before = Assert.IsType<PlanOutcome.Saved>(await PlannedAsync(9)).Id;
        Assert.Equal(new EnrolOutcome.TooEarly("欧阳喆", new DateOnly(2026, 3, 10)), await SeatAsync(world, before, candidate));
        Assert.Equal(TrainingStatus.Waiting, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Status).SingleAsync()));

        world.Kernel.Time.Advance(TimeSpan.FromDays(3));
        await SitAsync(world, "第一期", 52);
        var resit = await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Where(row => row.Sitting == 2).Select(row => row.Id).SingleAsync());
        Assert.IsType<EnrolOutcome.Seated>(await SeatAsync(world, Assert.IsType<PlanOutcome.Saved>(await PlannedAsync(11)).Id, resit));
    }

    [Theory, OnEachDatabase]
    public async Task A_session_with_candidates_is_not_moved_before_the_end_of_their_notice(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var session = await SeatedAsync(world, "第一期", 60);
        async Task<PlanOutcome> MoveAsync(int day) => await world.Kernel.InScopeAsync(async scope => await scope.GetRequiredService<PlanSession>().ChangeAsync(
            session, new SessionInput("第一期培训班", new DateOnly(2026, 3, day), "区应急局三楼", 10),
            await world.Kernel.ReadAsync(db => db.TrainingSessions.Select(row => row.RowVersion).SingleAsync()), default));

        var early = Assert.IsType<PlanOutcome.Invalid>(await MoveAsync(9));
        Assert.Equal("早于欧阳喆公示期满的日期（2026-03-10），开班日期不能提前到该日之前", early.Problems["HeldOn"]);
        Assert.Equal(new DateOnly(2026, 3, 10), await world.Kernel.ReadAsync(db => db.TrainingSessions.Select(row => row.HeldOn).SingleAsync()));
        Assert.IsType<PlanOutcome.Saved>(await MoveAsync(10));
    }

    /// <summary>Whoever is trained again after a return has one certificate that holds, the newest.</summary>
    [Theory, OnEachDatabase]
    public async Task A_certificate_that_is_issued_again_in_its_case_takes_the_place_of_the_one_before(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        var first = await TrainedAsync(world, caseId, "first");
        var second = await TrainedAsync(world, caseId, "second");
        var check = (await CheckAsync(world, first.Number))!;
        Assert.Equal((CertificateStanding.Void, $"由 {second.Number} 取代"), (check.Standing, check.VoidReason));
        Assert.Equal(CertificateStanding.Valid, (await CheckAsync(world, second.Number))!.Standing);
        Assert.Equal(second.Id, (await TrainedAsync(world, caseId, "second")).Id);
        Assert.Equal(CertificateStanding.Valid, (await CheckAsync(world, second.Number))!.Standing);
    }

    [Theory, OnEachDatabase]
    public async Task Who_fails_at_last_keeps_no_certificate_of_an_earlier_round(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var first = await TrainedAsync(world, caseId, "first");
        await SitAsync(world, "第一期", 52);
        Assert.Equal(CertificateStanding.Valid, (await CheckAsync(world, first.Number))!.Standing);
        await SitAsync(world, "第二期", 57);
        var check = (await CheckAsync(world, first.Number))!;
        Assert.Equal((CertificateStanding.Void, "重新培训考核不合格"), (check.Standing, check.VoidReason));
    }

    [Theory, OnEachDatabase]
    public async Task Cancelling_the_case_takes_its_candidate_off_the_list(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var instance = (await world.NoticeAsync(caseId)).InstanceId;
        await world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<WorkflowHost>().CancelAsync(instance, "撤回", default));
        Assert.Equal(TrainingStatus.Withdrawn, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Status).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task The_seat_of_a_cancelled_candidate_counts_for_nothing(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var gone = await world.CaseAtNoticeAsync();
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var session = await PlanAsync(world, "第一期", 2);
        foreach (var waiting in await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Id).ToListAsync()))
            Assert.IsType<EnrolOutcome.Seated>(await SeatAsync(world, session, waiting));
        Task<PlanOutcome> ReduceAsync() => world.Kernel.InScopeAsync(async scope => await scope.GetRequiredService<PlanSession>().ChangeAsync(
            session, new SessionInput("第一期培训班", new DateOnly(2026, 3, 10), "区应急局三楼", 1),
            await world.Kernel.ReadAsync(db => db.TrainingSessions.Select(row => row.RowVersion).SingleAsync()), default));
        Assert.IsType<PlanOutcome.Invalid>(await ReduceAsync());

        var instance = (await world.NoticeAsync(gone)).InstanceId;
        await world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<WorkflowHost>().CancelAsync(instance, "撤回", default));
        Assert.IsType<PlanOutcome.Saved>(await ReduceAsync());
    }

    /// <summary>What runs again after a fault finds the certificate it issued, and its number.</summary>
    [Theory, OnEachDatabase]
    public async Task A_certificate_asked_for_again_with_its_key_is_the_same_one(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        await SitAsync(world, "第一期", 90);
        var issued = await world.Kernel.ReadAsync(db => db.Certificates.AsNoTracking().SingleAsync(row => row.Kind == CertificateKind.Training));
        var key = await world.Kernel.ReadAsync(db => db.Documents.Where(row => row.Id == issued.DocumentId).Select(row => row.IssueKey).SingleAsync());
        var again = await world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<IssueCertificate>().IssueAsync(
            (await CaseScope.LoadAsync(scope, caseId, default))!, CertificatePlan.Find(nameof(CertificateKind.Training))!, key,
            "training-certificate", null, default));
        Assert.Equal((issued.Id, issued.Number), (again.Id, again.Number));
        Assert.Equal(3, await world.Kernel.ReadAsync(db => db.Certificates.CountAsync()));
    }

    /// <summary>T§14: a drawing of before that names another term makes none.</summary>
    [Theory, OnEachDatabase]
    public async Task The_term_of_an_appointment_is_that_of_the_parameter_whatever_a_drawing_says(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        var issued = await world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<IssueCertificate>().IssueAsync(
            (await CaseScope.LoadAsync(scope, caseId, default))!, CertificatePlan.Find(nameof(CertificateKind.Appointment))!, "drawn",
            "appointment-certificate", years: 30, default));
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2031, 3, 1)), (issued.ValidFrom, issued.ValidUntil));
    }

    [Theory, OnEachDatabase]
    public async Task A_certificate_renders_to_the_same_bytes_twice_and_is_void_at_once(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        await SitAsync(world, "第一期", 90);
        await world.Kernel.InScopeAsync(async scope =>
        {
            while (await scope.GetRequiredService<OutboxWorker>().RunDueAsync(default) > 0)
            {
            }

            return true;
        });
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.Documents.CountAsync(row => row.Sha256 == null)));
        var again = await world.Kernel.ReadAsync(db => db.Outbox.Where(row => row.Kind == "render-document").ToListAsync());
        foreach (var message in again)
        {
            await world.Kernel.InScopeAsync(async scope =>
            {
                await scope.GetServices<IOutboxHandler>().Single(one => one.Kind == "render-document").HandleAsync(message, default);
                return true;
            });
        }

        var certificate = await world.Kernel.ReadAsync(db => db.Certificates.FirstAsync(row => row.Kind == CertificateKind.Appointment));
        Assert.Equal(CertificateStanding.Valid, (await CheckAsync(world, "江应急聘[2026] 第0001号"))!.Standing);
        await world.Kernel.InScopeAsync(scope =>
        {
            scope.GetRequiredService<Approvals.Core.Organisation.CurrentPerson>()
                .Set(world.Officer.Id, world.Officer.Name, [Approvals.Core.Organisation.Roles.RegisterKeeper]);
            return scope.GetRequiredService<VoidCertificate>().VoidAsync(certificate.Id, "解聘", default);
        });
        var check = (await CheckAsync(world, certificate.Number))!;
        Assert.Equal((CertificateStanding.Void, "解聘", "欧**"), (check.Standing, check.VoidReason, check.MaskedName));

        // Who is no longer appointed carries no valid work ID; that of the training stays what it was.
        var card = (await CheckAsync(world, "JZ-JZ-2026-0001"))!;
        Assert.Equal((CertificateStanding.Void, "聘任证书作废：解聘"), (card.Standing, card.VoidReason));
        Assert.Equal(CertificateStanding.Valid, (await CheckAsync(world, "江应急培〔2026〕第0001号"))!.Standing);
        Assert.Equal(2, await world.Kernel.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Action == "certificate.voided")));
        Assert.Equal(
            [$"证书 JZ-JZ-2026-0001 已作废", $"证书 {certificate.Number} 已作废"],
            await world.Kernel.ReadAsync(db => db.CaseEvents.Where(row => row.CaseId == certificate.CaseId && row.Text.StartsWith("证书"))
                .Select(row => row.Text).OrderBy(text => text).ToListAsync()));
    }

    private static Task<Certificate> TrainedAsync(IssuingWorld world, Guid caseId, string key) =>
        world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<IssueCertificate>().IssueAsync(
            (await CaseScope.LoadAsync(scope, caseId, default))!, CertificatePlan.Find(nameof(CertificateKind.Training))!, key,
            "training-certificate", null, default));

    private static Task<CertificateCheck?> CheckAsync(IssuingWorld world, string number) =>
        world.Kernel.InScopeAsync(scope => scope.GetRequiredService<CheckCertificate>().ByNumberAsync(number, default));

    private static async Task SitAsync(IssuingWorld world, string title, decimal score)
    {
        var session = await SeatedAsync(world, title, score);
        Assert.IsType<PublishOutcome.Published>(await PublishAsync(world, session));
        await world.RingAsync();
    }

    private static async Task<Guid> SeatedAsync(IssuingWorld world, string title, decimal score)
    {
        var session = await PlanAsync(world, title, 10);
        var waiting = await world.Kernel.ReadAsync(db =>
            db.TrainingEnrolments.Where(row => row.Status == TrainingStatus.Waiting).Select(row => row.Id).SingleAsync());
        Assert.IsType<EnrolOutcome.Seated>(await SeatAsync(world, session, waiting));
        await RecordAsync(world, session, waiting, score);
        return session;
    }

    private static async Task RecordAsync(IssuingWorld world, Guid session, Guid candidate, decimal score) =>
        Assert.IsType<RecordOutcome.Saved>(await world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<RecordResults>().SaveAsync(session, [new ResultInput(candidate, true, score)], default)));

    private static async Task<Guid> PlanAsync(IssuingWorld world, string title, int seats) => Assert.IsType<PlanOutcome.Saved>(
        await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PlanSession>()
            .CreateAsync(new SessionInput(title + "培训班", new DateOnly(2026, 3, 10), "区应急局三楼", seats), default))).Id;

    private static Task<EnrolOutcome> SeatAsync(IssuingWorld world, Guid session, Guid enrolment) =>
        world.Kernel.InScopeAsync(scope => scope.GetRequiredService<EnrolCandidates>().SeatAsync(session, [enrolment], default));

    private static Task<PublishOutcome> PublishAsync(IssuingWorld world, Guid session) =>
        world.Kernel.InScopeAsync(scope => scope.GetRequiredService<PublishResults>().PublishAsync(session, default));
}
