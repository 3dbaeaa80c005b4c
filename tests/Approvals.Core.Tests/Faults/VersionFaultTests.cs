using Approvals.Core.Cases;
using Approvals.Core.Commanders;
using Approvals.Core.Draws;
using Approvals.Core.Inbox;
using Approvals.Core.Processes.Designing;
using Approvals.Core.Processes.Moving;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Faults;

/// <summary>
/// An exception at every command and commit of a draw, of the saving and publishing of a process and of moving its running cases. Checked
/// after each: every row as before; waits, state, step, task, timer, number, audit. One version is published and each case runs on one.
/// </summary>
public sealed class VersionFaultTests
{
    private const string Key = "moving";

    private readonly Strikes strikes = new();

    [Theory, OnEachDatabase]
    public async Task A_publication_and_the_move_of_running_cases_outlive_a_fault_at_any_command(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, strikes.AddTo, Process(Key));
        var cases = new[] { await world.SubmittedAsync(Key), await world.SubmittedAsync(Key) };
        await AtEveryPointAsync(world, "the draft", () => ToleratingRefusalAsync(() => SaveAsync(world)));
        await AtEveryPointAsync(world, "the publication", () => world.AsAsync(
            world.Leader, scope => scope.GetRequiredService<PublishDefinition>().PublishAsync(Key, "流程优化", default)));
        var versions = await world.Kernel.ReadAsync(db => db.Definitions.AsNoTracking().OrderBy(row => row.Version).ToListAsync());
        Assert.Equal([(1, false), (2, true)], versions.Select(row => (row.Version, row.IsPublished)));

        foreach (var id in cases)
        {
            var before = await world.TaskOfAsync(id, world.Head);
            var instance = await world.Kernel.ReadAsync(db => db.Instances.Where(row => row.CaseId == id).Select(row => row.Id).SingleAsync());
            var batch = Guid.CreateVersion7();
            await AtEveryPointAsync(world, "the move", () => world.AsAsync(world.VoterOne, scope =>
                scope.GetRequiredService<MoveInstance>().MoveAsync(instance, versions[1].Id, "流程优化", batch, default)));
            Assert.Equal(versions[1].Id, (await world.CaseAsync(id)).DefinitionVersionId);
            Assert.Equal(1, await world.Kernel.ReadAsync(db => db.AuditEntries.CountAsync(
                one => one.Action == "instance.moved" && one.SubjectId == instance.ToString())));
            Assert.Single(await world.HistoryAsync(id), what => what == "moved");
            await AtEveryPointAsync(world, "the decision after it", () => world.DecideAsync(before, world.Head, DecisionKind.Approve));
            Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(id)).Status);
        }
    }

    [Theory, OnEachDatabase]
    public async Task A_draw_and_a_refusal_outlive_a_fault_at_any_command(string database)
    {
        await using var world = await CaseWorld.StartAsync(database, strikes.AddTo, Draw());
        await RegisterAsync(world);
        var draft = (await world.AsAsync(world.Applicant, scope => scope.GetRequiredService<StartCase>().DraftAsync("draw", default)))!.Value;
        await AtEveryPointAsync(world, "the commitment", () => world.AsAsync(world.Applicant, scope => scope.GetRequiredService<SubmitCase>()
            .SubmitAsync(draft, new() { ["name"] = "申请人甲", ["reason"] = "需要" }, default)));
        var request = await world.Kernel.ReadAsync(db => db.DrawRequests.AsNoTracking().SingleAsync());
        Assert.True(await strikes.AtEveryPointOfTheJobsAsync(world.Kernel, "the draw") > 3);

        // Drawn once, by the number that was committed to.
        var details = await world.Kernel.InScopeAsync(async scope => (await scope.GetRequiredService<DrawQuery>().FindAsync(request.Id, default))!);
        Assert.Equal("CQ-2026-0001", details.Record!.Number);
        Assert.All(details.Checks, check => Assert.True(check.Holds, check.What));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.DrawRecords.CountAsync()));

        var chosen = details.Sheet!.Chosen().First();
        await AtEveryPointAsync(world, "the refusal", () => world.AsAsync(world.Head, scope =>
            scope.GetRequiredService<RecordRefusal>().RecordAsync(request.Id, chosen.Id, "出差", default)));
        await strikes.AtEveryPointOfTheJobsAsync(world.Kernel, "what follows the refusal");
        var task = await world.TaskOfAsync(draft, world.Head);
        await AtEveryPointAsync(world, "the decision after it", () => world.DecideAsync(task, world.Head, DecisionKind.Approve));
        Assert.Equal(CaseStatus.Completed, (await world.CaseAsync(draft)).Status);
    }

    private static TestProcess Process(string key) => new TestProcess(key)
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请")
        .Add("head", "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, requiresSignature = false, deadlineDays = 5 })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "head").Connect("head", "close", "同意").Connect("head", "close", "不同意");

    private static TestProcess Draw() => new TestProcess("draw")
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("draw", "Approvals.Draw", "抽取", new { count = 2, scope = "all", resultField = "remark", redrawApproval = "" })
        .Add("head", "Approvals.ApprovalStep", "确认", new { who = new[] { "head@owner" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "已派出" })
        .Add("short", "Approvals.CloseCase", "未派出", new { status = "Rejected", outcome = "人数不足" })
        .Connect("start", "apply").Connect("apply", "draw").Connect("draw", "head", "已抽出").Connect("draw", "short", "人数不足")
        .Connect("head", "draw", "不同意").Connect("head", "close", "同意");

    /// <summary>Four commanders in term to draw from.</summary>
    private static Task RegisterAsync(CaseWorld world) => world.Kernel.CommitAsync((_, db) =>
    {
        for (var i = 0; i < 4; i++)
        {
            var appointment = new Case
            {
                ProcessKey = "x", ProcessName = "聘任", DefinitionVersionId = "x", SubjectName = $"指挥官{i}", Data = "{}",
                Status = CaseStatus.Completed, ApplicantId = Guid.NewGuid(), StarterId = Guid.NewGuid(),
            };
            db.Cases.Add(appointment);
            db.Commanders.Add(new Commander
            {
                CaseId = appointment.Id, Name = $"指挥官{i}", IdentityNumber = $"11010119800101000{i}", Gender = "男", UnitName = $"单位{i}",
                Specialty = "hazchem", SpecialtyName = "危险化学品", CertificateNumber = $"证{i}", BirthDate = new DateOnly(1980, 1, 1),
                TermStart = new DateOnly(2020, 1, 1), TermEnd = new DateOnly(2030, 12, 31), Status = CommanderStatus.Appointed,
            });
        }
    });

    /// <summary>Another description, saved as a draft of the next version.</summary>
    private static Task<bool> SaveAsync(CaseWorld world) => world.AsAsync(world.Leader, async scope =>
    {
        var row = await scope.GetRequiredService<DefinitionQuery>().FindAsync(Key, VersionChoice.Published, default);
        var model = DefinitionDocument.ForDesigner(row!, scope.GetRequiredService<KnownActivities>());
        model["description"] = "另一个版本";
        await scope.GetRequiredService<SaveDefinition>().SaveAsync(model, publish: false, "", default);
        return true;
    });

    /// <summary>Whoever saves again after a lost answer is told that the draft is newer than what was read.</summary>
    private static async Task ToleratingRefusalAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (DesignRefused)
        {
        }
    }

    private async Task AtEveryPointAsync(CaseWorld world, string what, Func<Task> act) =>
        Assert.InRange(await strikes.AtEveryPointAsync(world.Kernel, what, act), 3, int.MaxValue);
}
