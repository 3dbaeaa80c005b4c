using Approvals.Core.Audit;
using Approvals.Core.Cases;
using Approvals.Core.Certificates;
using Approvals.Core.Commanders;
using Approvals.Core.Data;
using Approvals.Core.Draws;
using Approvals.Core.Inbox;
using Approvals.Core.Missions;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Missions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Draws;

/// <summary>A draw in a case: published before, held after, kept for ever, and not to be repeated at will.</summary>
public sealed class DrawLifeTests
{
    [Theory, OnEachDatabase]
    public async Task The_commitment_is_in_the_chain_before_anything_is_drawn_and_the_record_replays(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");

        var request = await RequestAsync(world, caseId);
        Assert.Equal((DrawStatus.Committed, 1), (request.Status, request.Round));
        Assert.Empty(await world.Kernel.ReadAsync(db => db.DrawRecords.ToListAsync()));
        var committed = await EntryAsync(world, request.Id, "draw.committed");
        Assert.Contains(request.Commitment!, committed.Details, StringComparison.Ordinal);

        await world.RingAsync();
        var details = await DetailsAsync(world, request.Id);
        Assert.All(details.Checks, check => Assert.True(check.Holds, check.What));
        Assert.Equal(6, details.Checks.Count);
        Assert.Equal("CQ-2026-0001", details.Record!.Number);
        Assert.Equal(2, details.Sheet!.Picks.Count);
        Assert.True(details.Sheet.AuditSequence >= committed.Sequence);
        Assert.Equal(["任期已届满", "回避：与业务件同一单位"], details.Sheet.Subjects.Select(one => one.Excluded).OfType<string>().Order(StringComparer.Ordinal));

        // What was drawn is in the case's data, and the process has gone on.
        var row = await world.CaseAsync(caseId);
        Assert.Equal(string.Join("、", details.Sheet.Chosen().Select(one => one.Name)), (string?)System.Text.Json.Nodes.JsonNode.Parse(row.Data)!["remark"]);
        Assert.Equal("确认", (await world.TaskOfAsync(caseId, world.Head)).StepName);
    }

    [Theory, OnEachDatabase]
    public async Task The_secret_number_is_nowhere_in_the_database_before_the_draw(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");
        var request = await RequestAsync(world, caseId);
        var nonce = Convert.ToHexStringLower(world.Kernel.Services.GetRequiredService<DrawSecret>().NonceOf(request.Id));
        Assert.Equal(request.Commitment, DrawSeed.CommitmentTo(Convert.FromHexString(nonce)));
        Assert.DoesNotContain(nonce, request.Order + request.GroundText, StringComparison.Ordinal);
        Assert.False(await world.Kernel.ReadAsync(db => db.AuditEntries.AnyAsync(one => one.Details.Contains(nonce))));

        await world.RingAsync();
        Assert.Equal(nonce, (await DetailsAsync(world, request.Id)).Sheet!.Nonce);
    }

    [Theory, OnEachDatabase]
    public async Task A_draw_is_drawn_by_the_secret_it_was_committed_to_and_the_next_is_committed_to_by_a_newer_one(string provider)
    {
        await using var world = await StartAsync(provider);
        var first = await RequestAsync(world, await world.SubmittedAsync("draw"));
        var secret = world.Kernel.Services.GetRequiredService<DrawSecret>();
        Assert.Equal(2, secret.Keys.Add());
        var second = await RequestAsync(world, await world.SubmittedAsync("draw"));
        Assert.Equal((1, 2), (secret.KeyOf(first.Id, first.Commitment!), secret.KeyOf(second.Id, second.Commitment!)));
        Assert.Equal(new Dictionary<int, int> { [1] = 1, [2] = 1 }, await WaitingAsync());

        await world.RingAsync();
        foreach (var request in new[] { first, second })
            Assert.All((await DetailsAsync(world, request.Id)).Checks, check => Assert.True(check.Holds, check.What));

        // Nothing waits for the old secret; it can be put away, and is not made anew.
        Assert.Empty(await WaitingAsync());
        File.Delete(secret.FilePath);
        await world.Kernel.RestartAsync();
        var third = await RequestAsync(world, await world.SubmittedAsync("draw"));
        Assert.Equal(2, world.Kernel.Services.GetRequiredService<DrawSecret>().KeyOf(third.Id, third.Commitment!));
        Assert.False(File.Exists(secret.FilePath));

        Task<IReadOnlyDictionary<int, int>> WaitingAsync() =>
            world.Kernel.InScopeAsync(scope => scope.GetRequiredService<DrawKeyUse>().WaitingAsync(default));
    }

    [Theory, OnEachDatabase]
    public async Task A_redraw_waits_until_a_refusal_is_on_record_and_replaces_only_who_refused(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");
        await world.RingAsync();
        var first = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        var (leaving, staying) = (first.Sheet!.Chosen().First(), first.Sheet.Chosen().Last());

        world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        await RejectAsync(world, caseId);
        var second = await RequestAsync(world, caseId);
        Assert.Equal((DrawStatus.NeedsGround, 2, null), (second.Status, second.Round, second.Commitment));
        await world.RingAsync();
        Assert.Single(await world.Kernel.ReadAsync(db => db.DrawRecords.ToListAsync()));

        Assert.Equal(RefusalOutcome.NotAllowed, await RefuseAsync(world, world.Applicant, first.Request.Id, leaving.Id, "出差"));
        Assert.Equal(RefusalOutcome.NoReason, await RefuseAsync(world, world.Head, first.Request.Id, leaving.Id, " "));
        Assert.Equal(RefusalOutcome.NotChosen, await RefuseAsync(world, world.Head, first.Request.Id, "nobody", "出差"));
        Assert.Equal(RefusalOutcome.Recorded, await RefuseAsync(world, world.Head, first.Request.Id, leaving.Id, "出差"));
        Assert.Equal(RefusalOutcome.Known, await RefuseAsync(world, world.Head, first.Request.Id, leaving.Id, "出差"));

        await world.RingAsync();
        var replaced = await DetailsAsync(world, second.Id);
        Assert.All(replaced.Checks, check => Assert.True(check.Holds, check.What));
        Assert.Equal([staying.Id], replaced.Sheet!.Kept);
        Assert.Single(replaced.Sheet.Picks);
        Assert.DoesNotContain(leaving.Id, replaced.Sheet.Chosen().Select(one => one.Id));
        Assert.Equal(DrawGround.Refusal, replaced.Request.Ground);
        Assert.Equal(RefusalOutcome.NotChosen, await RefuseAsync(world, world.Head, first.Request.Id, staying.Id, "出差"));

        // The refusal is used up: another redraw waits again.
        await RejectAsync(world, caseId);
        Assert.Equal(DrawStatus.NeedsGround, (await RequestAsync(world, caseId)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task The_leaders_approval_after_a_draw_lets_everything_be_drawn_anew_and_one_before_it_does_not(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("approved-draw");
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(await world.TaskOfAsync(caseId, world.Leader), world.Leader, DecisionKind.Approve));
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        await world.RingAsync();
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));

        // Straight back to the draw: the approval that came before it is used up.
        await RejectAsync(world, caseId);
        var waiting = await RequestAsync(world, caseId);
        Assert.Equal(DrawStatus.NeedsGround, waiting.Status);
    }

    [Theory, OnEachDatabase]
    public async Task An_approved_redraw_names_the_approval(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("redraw-by-leader");
        await world.RingAsync();
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        await RejectAsync(world, caseId);
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(await world.TaskOfAsync(caseId, world.Leader), world.Leader, DecisionKind.Approve));
        await world.RingAsync();

        var again = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        Assert.Equal((2, DrawGround.Approval), (again.Request.Round, again.Request.Ground));
        Assert.Contains("局长丁", again.Request.GroundText, StringComparison.Ordinal);
        Assert.Empty(again.Sheet!.Kept);
        Assert.Equal(2, again.Sheet.Picks.Count);
        Assert.All(again.Checks, check => Assert.True(check.Holds, check.What));
    }

    [Theory, OnEachDatabase]
    public async Task A_case_withdrawn_before_the_draw_draws_nothing(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");
        var outcome = await world.AsAsync(world.Applicant, scope => scope.GetRequiredService<WithdrawCase>().WithdrawAsync(caseId, null, default));
        Assert.Equal(WithdrawOutcome.Withdrawn, outcome);
        await world.RingAsync();
        Assert.Equal(DrawStatus.Withdrawn, (await RequestAsync(world, caseId)).Status);
        Assert.Empty(await world.Kernel.ReadAsync(db => db.DrawRecords.ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_is_drawn_who_is_away_or_on_a_mission_or_whose_certificate_is_void(string provider)
    {
        await using var world = await StartAsync(provider);
        await world.Kernel.CommitAsync((_, db) =>
        {
            var three = db.Commanders.Where(row => row.Name == "指挥官2" || row.Name == "指挥官3" || row.Name == "指挥官4").OrderBy(row => row.Name).ToList();
            db.CommanderAbsences.Add(Absence(world, three[0].Id, until: new DateOnly(2026, 3, 2)));
            db.CommanderAbsences.Add(Absence(world, three[1].Id, until: new DateOnly(2026, 3, 1)));
            db.Missions.Add(MissionOf(db, three[1]));
            VoidCertificates.Add(db, three[2], world.Kernel.Time.GetUtcNow());
        });
        var caseId = await world.SubmittedAsync("draw");
        await world.RingAsync();

        var details = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        Assert.Equal(
            ["不在位", "任期已届满", "回避：与业务件同一单位", "执行任务中", "聘任证书已作废"],
            details.Sheet!.Subjects.Select(one => one.Excluded).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal("指挥官5", Assert.Single(details.Sheet.Chosen()).Name);
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_is_in_the_register_twice_stands_in_the_urn_once_and_is_kept_out_by_either_entry(string provider)
    {
        await using var world = await StartAsync(provider);
        await world.Kernel.CommitAsync((_, db) =>
        {
            var four = db.Commanders.OrderBy(row => row.Name).ToList()[2..];
            db.Missions.Add(MissionOf(db, four[0]));
            AppointAgain(db, four[0]);
            db.CommanderAbsences.Add(Absence(world, AppointAgain(db, four[1]).Id, until: new DateOnly(2026, 3, 2)));
            db.CommanderAbsences.Add(Absence(world, four[1].Id, until: new DateOnly(2026, 3, 1)));
            (four[2].PersonId, four[3].PersonId) = (Guid.NewGuid(), world.Applicant.Id);
            AppointAgain(db, four[2]).IdentityNumber = "11010119800101000x";
            AppointAgain(db, four[3]).PersonId = null;
        });
        var caseId = await world.SubmittedAsync("many");
        await world.RingAsync();

        var details = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        Assert.Equal(
            [("指挥官0", "回避：与业务件同一单位"), ("指挥官1", "任期已届满"), ("指挥官2", "执行任务中"), ("指挥官3", "不在位"), ("指挥官4", null), ("指挥官5", "回避：业务件当事人")],
            details.Sheet!.Subjects.Select(one => (one.Name, one.Excluded)).OrderBy(one => one.Name, StringComparer.Ordinal));
        Assert.Equal("指挥官4", Assert.Single(details.Sheet.Chosen()).Name);
    }

    [Theory, OnEachDatabase]
    public async Task Who_refused_or_stays_is_the_same_person_after_a_new_appointment_and_the_former_draw_still_replays(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");
        await world.RingAsync();
        var first = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        var (leaving, staying) = (first.Sheet!.Chosen().First(), first.Sheet.Chosen().Last());
        await world.Kernel.CommitAsync((_, db) => db.Commanders.ToList().ForEach(row => AppointAgain(db, row)));
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        await RejectAsync(world, caseId);
        Assert.Equal(RefusalOutcome.Recorded, await RefuseAsync(world, world.Head, first.Request.Id, leaving.Id, "出差"));
        await world.RingAsync();

        var second = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        Assert.Equal(staying.Name, second.Sheet!.Subjects.Single(one => one.Id == Assert.Single(second.Sheet.Kept)).Name);
        Assert.NotEqual(staying.Id, second.Sheet.Kept[0]);
        Assert.Equal("本次业务中已拒绝", second.Sheet.Subjects.Single(one => one.Name == leaving.Name).Excluded);
        Assert.All(second.Sheet.Subjects, one => Assert.Equal(one.Name == leaving.Name || one.Name == staying.Name ? 6 : 12, one.Weight));
        Assert.Equal(2, second.Sheet.Chosen().Select(one => one.Name).Distinct().Count());
        Assert.All(second.Checks.Concat((await DetailsAsync(world, first.Request.Id)).Checks), check => Assert.True(check.Holds, check.What));
    }

    [Theory, OnEachDatabase]
    public async Task Who_stays_does_so_also_when_the_register_offers_them_no_more(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");
        await world.RingAsync();
        var first = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        var (leaving, staying) = (first.Sheet!.Chosen().First(), first.Sheet.Chosen().Last());
        await world.Kernel.CommitAsync((_, db) => db.Commanders.Remove(db.Commanders.Single(row => row.Id == Guid.Parse(staying.Id))));
        world.Kernel.Time.Advance(TimeSpan.FromHours(1));
        await RejectAsync(world, caseId);
        Assert.Equal(RefusalOutcome.Recorded, await RefuseAsync(world, world.Head, first.Request.Id, leaving.Id, "出差"));
        await world.RingAsync();

        var second = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        Assert.Equal([staying.Id], second.Sheet!.Kept);
        Assert.Equal((staying.Name, DrawRules.Stays), (second.Sheet.Chosen().First().Name, second.Sheet.Chosen().First().Excluded));
        Assert.DoesNotContain(leaving.Id, second.Sheet.Chosen().Select(one => one.Id));
        Assert.Equal(2, second.Sheet.Chosen().Count());
        Assert.All(second.Checks, check => Assert.True(check.Holds, check.What));
    }

    [Theory, OnEachDatabase]
    public async Task Too_few_candidates_go_their_own_way(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("many");
        await world.RingAsync();
        var details = await DetailsAsync(world, (await RequestAsync(world, caseId)).Id);
        Assert.Equal((50, 4), (details.Sheet!.Count, details.Sheet.Picks.Count));
        Assert.Equal(CaseStatus.Rejected, (await world.CaseAsync(caseId)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Nobody_can_change_a_record_not_even_in_the_database(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("draw");
        await world.RingAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => world.Kernel.ReadAsync(db =>
            db.Database.ExecuteSqlRawAsync("""UPDATE "DrawRecords" SET "Sheet" = '{}'""")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Kernel.CommitAsync(async (_, unit) =>
        {
            unit.Db.Remove(await unit.Db.DrawRecords.FirstAsync());
            return true;
        }));

        // A copy that was tampered with does not replay.
        var id = (await RequestAsync(world, caseId)).Id;
        var details = await DetailsAsync(world, id);
        var other = details.Sheet!.Subjects.First(one => one.Excluded is null && details.Sheet.Picks.All(pick => pick.Id != one.Id));
        var forged = details.Record!.Sheet.Replace(details.Sheet.Picks[0].Id, other.Id, StringComparison.Ordinal);
        var record = new DrawRecord
        {
            Id = id, CaseId = caseId, Number = details.Record.Number, Source = details.Record.Source, Sheet = forged,
            Hash = details.Record.Hash, DrawnAt = details.Record.DrawnAt,
        };
        var entries = new ReplayEntries(await EntryAsync(world, id, "draw.committed"), null, await EntryAsync(world, id, "draw.drawn"));
        Assert.Contains(DrawReplay.Check(record, entries), check => !check.Holds && check.What.StartsWith("记录的摘要", StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_was_drawn_lately_holds_fewer_tickets_in_the_next_case(string provider)
    {
        await using var world = await StartAsync(provider);
        await world.SubmittedAsync("draw");
        await world.RingAsync();
        var first = (await world.Kernel.ReadAsync(db => db.DrawRecords.SingleAsync())).Sheet;
        var drawn = DrawSheet.Read(first).Picks.Select(pick => pick.Id).ToHashSet();
        world.Kernel.Time.Advance(TimeSpan.FromDays(30));
        var next = await world.SubmittedAsync("draw");
        await world.RingAsync();
        var details = await DetailsAsync(world, (await RequestAsync(world, next)).Id);
        Assert.All(details.Sheet!.Subjects, one => Assert.Equal(drawn.Contains(one.Id) ? 6 : 12, one.Weight));
    }

    private static async Task<CaseWorld> StartAsync(string provider)
    {
        var world = await CaseWorld.StartAsync(provider,
            Process("draw", 2).Connect("apply", "draw").Connect("head", "draw", "不同意"),
            Process("many", 50).Connect("apply", "draw").Connect("head", "draw", "不同意"),
            Process("approved-draw", 2, "leader").Add("leader", "Approvals.ApprovalStep", "领导批准", new { who = new[] { "leader@owner" }, rejectLabel = "" })
                .Connect("apply", "leader").Connect("leader", "draw", "同意").Connect("head", "draw", "不同意"),
            Process("redraw-by-leader", 2, "leader").Add("leader", "Approvals.ApprovalStep", "领导批准", new { who = new[] { "leader@owner" }, rejectLabel = "" })
                .Connect("apply", "draw").Connect("head", "leader", "不同意").Connect("leader", "draw", "同意"));
        await RegisterAsync(world);
        return world;
    }

    /// <summary>申请 → 抽取 → 确认 → 办结; what a refusal of the confirmation leads to is for the test.</summary>
    private static TestProcess Process(string key, int count, string approval = "") => new TestProcess(key)
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("draw", "Approvals.Draw", "抽取", new { count, scope = "all", resultField = "remark", redrawApproval = approval })
        .Add("head", "Approvals.ApprovalStep", "确认", new { who = new[] { "head@owner" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "已派出" })
        .Add("short", "Approvals.CloseCase", "未派出", new { status = "Rejected", outcome = "人数不足" })
        .Connect("start", "apply").Connect("draw", "head", "已抽出").Connect("draw", "short", "人数不足").Connect("head", "close", "同意");

    /// <summary>Six commanders: one of the applicant's unit, one whose term is over.</summary>
    private static Task RegisterAsync(CaseWorld world) => world.Kernel.CommitAsync((_, db) =>
    {
        for (var i = 0; i < 6; i++)
        {
            var appointment = new Case
            {
                ProcessKey = "x", ProcessName = "聘任", DefinitionVersionId = "x", SubjectName = $"指挥官{i}", Data = "{}",
                Status = CaseStatus.Completed, ApplicantId = Guid.NewGuid(), StarterId = Guid.NewGuid(),
            };
            db.Cases.Add(appointment);
            db.Commanders.Add(new Commander
            {
                CaseId = appointment.Id, Name = $"指挥官{i}", IdentityNumber = $"11010119800101000{i}", Gender = "男",
                UnitName = i == 0 ? "江州化工" : $"单位{i}", Specialty = "hazchem", SpecialtyName = "危险化学品", CertificateNumber = $"证{i}",
                BirthDate = new DateOnly(1980, 1, 1), TermStart = new DateOnly(2020, 1, 1),
                TermEnd = i == 1 ? new DateOnly(2025, 12, 31) : new DateOnly(2030, 12, 31), Status = CommanderStatus.Appointed,
            });
        }
    });

    private static CommanderAbsence Absence(CaseWorld world, Guid commander, DateOnly until) => new()
    {
        CommanderId = commander, From = new DateOnly(2026, 2, 1), Until = until, Reason = "住院", SetByName = "本人", SetAt = world.Kernel.Time.GetUtcNow(),
    };

    private static Mission MissionOf(ApprovalsDbContext db, Commander commander)
    {
        var emergency = new EmergencyEvent
        {
            Number = "应急-2026-0001", Name = "山洪", Specialty = "flood", SpecialtyName = "防汛", Region = "x", RegionName = "某地", Place = "某地",
            GeneralCommanderName = "总指挥", OpenedByName = "值班员",
        };
        db.Events.Add(emergency);
        return new Mission
        {
            CaseId = commander.CaseId, EventId = emergency.Id, CommanderId = commander.Id, CommanderName = commander.Name, Status = MissionStatus.Active,
        };
    }

    /// <summary>A later entry of the same person, for another specialty.</summary>
    private static Commander AppointAgain(ApprovalsDbContext db, Commander before)
    {
        var appointment = new Case
        {
            ProcessKey = "x", ProcessName = "聘任", DefinitionVersionId = "x", SubjectName = before.Name, Data = "{}",
            Status = CaseStatus.Completed, ApplicantId = Guid.NewGuid(), StarterId = Guid.NewGuid(),
        };
        var entry = new Commander
        {
            CaseId = appointment.Id, PersonId = before.PersonId, Name = before.Name, IdentityNumber = before.IdentityNumber, Gender = "男",
            UnitName = before.UnitName, Specialty = "flood", SpecialtyName = "防汛", CertificateNumber = before.CertificateNumber + "续",
            BirthDate = before.BirthDate, TermStart = before.TermStart.AddYears(1), TermEnd = before.TermEnd, Status = CommanderStatus.Appointed,
        };
        db.AddRange(appointment, entry);
        return entry;
    }

    private static async Task RejectAsync(CaseWorld world, Guid caseId) => Assert.IsType<DecideOutcome.Decided>(
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Reject, "重新安排"));

    private static Task<RefusalOutcome> RefuseAsync(CaseWorld world, Person by, Guid draw, string candidate, string reason) =>
        world.AsAsync(by, scope => scope.GetRequiredService<RecordRefusal>().RecordAsync(draw, candidate, reason, default));

    private static Task<DrawRequest> RequestAsync(CaseWorld world, Guid caseId) => world.Kernel.ReadAsync(db =>
        db.DrawRequests.AsNoTracking().Where(row => row.CaseId == caseId).OrderByDescending(row => row.Round).FirstAsync());

    private static Task<DrawDetails> DetailsAsync(CaseWorld world, Guid id) =>
        world.Kernel.InScopeAsync(async scope => (await scope.GetRequiredService<DrawQuery>().FindAsync(id, default))!);

    private static Task<AuditEntry> EntryAsync(CaseWorld world, Guid id, string action) => world.Kernel.ReadAsync(db =>
        db.AuditEntries.AsNoTracking().SingleAsync(one => one.SubjectId == id.ToString() && one.Action == action));
}
