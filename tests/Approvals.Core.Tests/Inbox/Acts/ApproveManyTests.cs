using Approvals.Core.Files;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>批量同意: several decisions with one confirmation, each standing on its own.</summary>
public sealed class ApproveManyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task Each_of_several_is_a_decision_of_its_own_over_what_was_shown_of_it(string provider)
    {
        await using var world = await StartAsync(provider);
        var cases = new[] { await world.SubmittedAsync("batch"), await world.SubmittedAsync("batch"), await world.SubmittedAsync("batch") };
        var shown = await OfferedAsync(world, world.Head);
        Assert.Equal(3, shown.Count);
        Assert.All(shown, line => Assert.Null(line.Refusal));

        var outcome = await ApproveAsync(world, world.Head, shown, "一并同意");

        Assert.Empty(outcome.Errors);
        Assert.All(outcome.Results, one => Assert.IsType<DecideOutcome.Decided>(one.Outcome));
        Assert.Empty(await OfferedAsync(world, world.Head));
        foreach (var id in cases)
        {
            var decision = await world.Kernel.ReadAsync(db => db.Decisions.AsNoTracking().SingleAsync(
                one => one.CaseId == id && one.Kind == DecisionKind.Approve, Stop));
            Assert.Equal((SignatureMethod.Stored, "一并同意", "处长丙"), (decision.Method, decision.Opinion, decision.SignatureLine));
            Assert.Equal(await SignatureAsync(world), decision.SignatureFileId);
            Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(id)).AssigneeId);
        }

        Assert.Equal(3, await world.Kernel.ReadAsync(db => db.Decisions.Where(one => one.Kind == DecisionKind.Approve).Select(one => one.ShownHash).Distinct().CountAsync(Stop)));
    }

    [Theory, OnEachDatabase]
    public async Task One_that_was_decided_or_changed_meanwhile_stops_no_other(string provider)
    {
        await using var world = await StartAsync(provider);
        await world.SubmittedAsync("batch");
        await world.SubmittedAsync("batch");
        await world.SubmittedAsync("batch");
        var shown = await OfferedAsync(world, world.Head);
        await world.DecideAsync(shown[0].View.Task, world.Head, DecisionKind.Approve);
        var chosen = shown.Select(line => new ChosenTask(line.View.Task.Id, line.View.Shown.Hash)).ToList();
        chosen[1] = chosen[1] with { ShownHash = chosen[2].ShownHash };

        var outcome = await world.AsAsync(world.Head, scope => scope.GetRequiredService<ApproveMany>().ApproveAsync(chosen, null, "right", Stop));

        Assert.Equal("处长丙", Assert.IsType<DecideOutcome.AlreadyDecided>(outcome.Results[0].Outcome).By);
        Assert.IsType<DecideOutcome.ContentChanged>(outcome.Results[1].Outcome);
        Assert.IsType<DecideOutcome.Decided>(outcome.Results[2].Outcome);
        Assert.Single(await OfferedAsync(world, world.Head));
    }

    [Theory, OnEachDatabase]
    public async Task Without_the_secret_a_signature_or_a_choice_nothing_is_decided(string provider)
    {
        await using var world = await StartAsync(provider);
        await world.SubmittedAsync("batch");
        var shown = await OfferedAsync(world, world.Head);
        foreach (var (lines, opinion, secret, path) in new (IReadOnlyList<BatchLine>, string?, string, string)[]
        {
            ([], null, "right", "chosen"), (shown, null, "", "secret"), (shown, null, "wrong", "secret"), (shown, new string('长', 2001), "right", "opinion"),
        })
        {
            var refused = await ApproveAsync(world, world.Head, lines, opinion, secret);
            Assert.Equal(path, Assert.Single(refused.Errors).Path);
            Assert.Empty(refused.Results);
        }

        await world.Kernel.CommitAsync((_, db) => db.People.Single(one => one.Id == world.Head.Id).SignatureFileId = null);
        Assert.Equal("signature", Assert.Single((await ApproveAsync(world, world.Head, shown)).Errors).Path);
        Assert.Single(await OfferedAsync(world, world.Head));
    }

    [Theory, OnEachDatabase]
    public async Task The_secret_is_asked_for_only_when_one_of_the_chosen_is_signed(string provider)
    {
        await using var world = await StartAsync(provider);
        var plain = await world.SubmittedAsync("plain");
        var signed = await world.SubmittedAsync("batch");
        var both = await OfferedAsync(world, world.Head);
        var alone = both.Where(line => line.View.Case.Id == plain).ToList();
        await world.Kernel.CommitAsync((_, db) => db.People.Single(one => one.Id == world.Head.Id).SignatureFileId = null);

        Assert.Equal(["signature", "secret"], (await ApproveAsync(world, world.Head, both, secret: "")).Errors.Select(error => error.Path));
        var outcome = await ApproveAsync(world, world.Head, alone, secret: "");

        Assert.Empty(outcome.Errors);
        Assert.IsType<DecideOutcome.Decided>(Assert.Single(outcome.Results).Outcome);
        var decision = await world.Kernel.ReadAsync(db => db.Decisions.AsNoTracking().SingleAsync(
            one => one.CaseId == plain && one.Kind == DecisionKind.Approve, Stop));
        Assert.Equal((SignatureMethod.None, null), (decision.Method, decision.SignatureFileId));
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(signed)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task A_step_with_fields_to_fill_in_is_listed_but_decided_on_its_own(string provider)
    {
        await using var world = await StartAsync(provider);
        var caseId = await world.SubmittedAsync("fills");
        var line = Assert.Single(await OfferedAsync(world, world.Head));
        Assert.Equal("须填写表单，请单独办理。", line.Refusal);
        Assert.Equal(line.Refusal, Assert.Single((await ApproveAsync(world, world.Head, [line])).Results).Refusal);
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task Steps_that_do_not_allow_it_and_tasks_of_others_are_not_approved(string provider)
    {
        await using var world = await StartAsync(provider);
        var (batch, single) = (await world.SubmittedAsync("batch"), await world.SubmittedAsync("two-signers"));
        Assert.Single(await OfferedAsync(world, world.Head));
        Assert.Empty(await OfferedAsync(world, world.Leader));
        var (mine, other) = (await world.TaskOfAsync(single, world.Head), await world.TaskOfAsync(batch, world.Head));

        Assert.Equal("此环节须逐件办理。", Assert.Single((await ApproveAsync(world, world.Head, await LinesAsync(world, world.Head, mine))).Results).Refusal);
        Assert.IsType<DecideOutcome.NotYours>(
            Assert.Single((await ApproveAsync(world, world.Leader, await LinesAsync(world, world.Head, other))).Results).Outcome);
        Assert.Equal([TaskState.Open, TaskState.Open], await world.Kernel.ReadAsync(db => db.Tasks
            .Where(one => one.Id == mine.Id || one.Id == other.Id).Select(one => one.State).ToListAsync(Stop)));
    }

    /// <summary>申请 → 处长（可批量）→ 局长 → 办结, without and with a field to fill in, beside one that is decided one by one.</summary>
    private static async Task<CaseWorld> StartAsync(string provider)
    {
        var world = await CaseWorld.StartAsync(provider, Batch("batch", "section"), Batch("fills", "head"), Batch("plain", "section", "False"), TestProcesses.TwoSigners());
        await world.Kernel.InScopeAsync(async scope =>
        {
            using var picture = new MemoryStream([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
            var file = await scope.GetRequiredService<FileStore>().SaveAsync(picture, "image/png", world.Head.Id, Stop);
            var db = scope.GetRequiredService<Core.Data.ApprovalsDbContext>();
            foreach (var signer in new[] { world.Head.Id, world.Leader.Id })
                (await db.People.SingleAsync(one => one.Id == signer, Stop)).SignatureFileId = file.Id;
            return await db.SaveChangesAsync(Stop);
        });
        return world;
    }

    private static TestProcess Batch(string key, string step, string requiresSignature = "True") => new TestProcess(key) { Prefix = key.ToUpperInvariant() }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add(step, "Approvals.ApprovalStep", "处长审批", new { who = new[] { "head@owner" }, canBatch = "True", requiresSignature })
        .Add("leader", "Approvals.ApprovalStep", "局长审批", new { who = new[] { "leader@owner" } })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "不同意" })
        .Connect("start", "apply").Connect("apply", step).Connect(step, "leader", "同意").Connect("leader", "close", "同意")
        .Connect(step, "refuse", "不同意").Connect("leader", "refuse", "不同意");

    private static Task<IReadOnlyList<BatchLine>> OfferedAsync(CaseWorld world, Person person) =>
        world.AsAsync(person, scope => scope.GetRequiredService<ApproveMany>().OfferedAsync(Stop));

    private static Task<IReadOnlyList<BatchLine>> LinesAsync(CaseWorld world, Person person, InboxTask task) => world.AsAsync<IReadOnlyList<BatchLine>>(
        person, async scope => [new BatchLine((await scope.GetRequiredService<TaskViews>().LoadAsync(task.Id, Stop))!, null)]);

    private static Task<BatchOutcome> ApproveAsync(
        CaseWorld world, Person person, IReadOnlyList<BatchLine> lines, string? opinion = null, string secret = "right") =>
        world.AsAsync(person, scope => scope.GetRequiredService<ApproveMany>().ApproveAsync(
            [.. lines.Select(line => new ChosenTask(line.View.Task.Id, line.View.Shown.Hash))], opinion, secret, Stop));

    private static Task<Guid?> SignatureAsync(CaseWorld world) =>
        world.Kernel.ReadAsync(db => db.People.Where(one => one.Id == world.Head.Id).Select(one => one.SignatureFileId).SingleAsync(Stop));
}
