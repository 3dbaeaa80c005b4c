using Approvals.Core.Cases;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using CaseWorld = Approvals.Core.Tests.Cases.CaseWorld;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>加签: a signer asks colleagues to sign before or after; the step's own rule decides once they have.</summary>
public sealed class AddSignersTests
{
    [Theory, OnEachDatabase]
    public async Task Those_asked_before_sign_first_and_the_task_then_comes_back(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);

        var added = await bureau.AddAsync(task, world.Head, AddedPlace.Before, bureau.Deputy, bureau.Clerk);
        Assert.Equal("副处长戊、科员己", Assert.IsType<ActOutcome.Done>(added).Names);
        Assert.Equal(TaskState.Queued, (await bureau.TaskAsync(task.Id)).State);
        Assert.IsType<DecideOutcome.NotYours>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));

        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Approve);
        Assert.Equal(TaskState.Queued, (await bureau.TaskAsync(task.Id)).State);
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Deputy), bureau.Deputy, DecisionKind.Approve);
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);

        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(task, world.Head, DecisionKind.Approve));
        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        Assert.Contains("added-signer", await world.HistoryAsync(caseId));
        Assert.Equal(1, await bureau.AuditedAsync("task.signers-added", caseId));
    }

    [Theory, OnEachDatabase]
    public async Task The_step_waits_for_those_asked_after_one_by_one_and_they_ask_nobody_further(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await bureau.AddAsync(task, world.Head, AddedPlace.After, bureau.Deputy, bureau.Clerk);
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);

        await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        var deputys = Assert.Single(await world.OpenTasksAsync(caseId));
        Assert.Equal(bureau.Deputy.Id, deputys.AssigneeId);
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.AddAsync(deputys, bureau.Deputy, AddedPlace.Before, world.VoterOne));
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.DelegateAsync(deputys, bureau.Deputy, world.VoterOne, "请核实"));
        await world.DecideAsync(deputys, bureau.Deputy, DecisionKind.Approve);
        Assert.Equal(bureau.Clerk.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Approve);

        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        Assert.Equal(StepStatus.Done, (await bureau.StepAsync(task)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task Two_who_sign_side_by_side_must_both_agree_whoever_is_first(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, services => services.AddInboxReading(), TestProcesses.TwoSigners());
        var world = bureau.World;
        foreach (var askerFirst in new[] { true, false })
        {
            var caseId = await world.SubmittedAsync("two-signers");
            var task = await world.TaskOfAsync(caseId, world.Head);
            Assert.IsType<ActOutcome.Done>(await bureau.AddAsync(task, world.Head, AddedPlace.Beside, bureau.Deputy, bureau.Clerk));
            Assert.Contains("请您与其一同签署申请人甲的", await bureau.LastNoticeAsync(bureau.Deputy), StringComparison.Ordinal);
            var deputys = await world.TaskOfAsync(caseId, bureau.Deputy);
            Assert.Equal(["副处长戊", "科员己"], await StillToSignAsync(world, task));
            Assert.Equal(["处长丙", "科员己"], (await StillToSignAsync(world, deputys)).Order(StringComparer.Ordinal));
            if (!askerFirst)
                Assert.IsType<ActOutcome.Done>(await bureau.RemoveAsync(await world.TaskOfAsync(caseId, bureau.Clerk), world.Head));

            await world.DecideAsync(askerFirst ? task : deputys, askerFirst ? world.Head : bureau.Deputy, DecisionKind.Approve);
            Assert.Equal(StepStatus.Open, (await bureau.StepAsync(task)).Status);
            if (askerFirst)
            {
                Assert.IsType<ActOutcome.NotAllowed>(await bureau.RemoveAsync(deputys, world.Head));
                await world.DecideAsync(deputys, bureau.Deputy, DecisionKind.Approve);
                Assert.Equal(bureau.Clerk.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
                await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Approve);
            }
            else
            {
                await world.DecideAsync(task, world.Head, DecisionKind.Approve);
            }

            Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        }
    }

    [Theory, OnEachDatabase]
    public async Task Side_by_side_with_one_after_and_one_before_everybody_signs_once(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Any"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var task = await world.TaskOfAsync(caseId, world.VoterOne);
        await bureau.AddAsync(task, world.VoterOne, AddedPlace.Beside, bureau.Deputy);
        await bureau.AddAsync(task, world.VoterOne, AddedPlace.After, bureau.Clerk);
        await bureau.AddAsync(task, world.VoterOne, AddedPlace.Before, world.Head);

        // The one beside may sign while the asker waits for the one before.
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Deputy), bureau.Deputy, DecisionKind.Approve);
        Assert.Equal(TaskState.Queued, (await bureau.TaskAsync(task.Id)).State);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        await world.DecideAsync(task, world.VoterOne, DecisionKind.Approve);
        Assert.Equal(CaseStatus.Running, (await world.CaseAsync(caseId)).Status);
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_was_asked_may_refuse_for_the_step_or_pass_the_request_on(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        await bureau.AddAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, AddedPlace.Before, bureau.Deputy);
        await bureau.HandOverAsync(await world.TaskOfAsync(caseId, bureau.Deputy), bureau.Deputy, bureau.Clerk, "由其分管");
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Reject, "材料不实。");

        Assert.Equal("处长不同意", (await world.CaseAsync(caseId)).Outcome);
        Assert.Empty(await world.OpenTasksAsync(caseId));
    }

    [Theory, OnEachDatabase]
    public async Task In_a_step_where_all_must_agree_everybody_asked_must_agree_too(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("All"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var one = await world.TaskOfAsync(caseId, world.VoterOne);
        await bureau.AddAsync(one, world.VoterOne, AddedPlace.After, bureau.Deputy);
        await world.DecideAsync(one, world.VoterOne, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.VoterTwo), world.VoterTwo, DecisionKind.Approve);
        Assert.Equal(bureau.Deputy.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);

        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Deputy), bureau.Deputy, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task In_a_step_in_order_the_next_in_order_is_asked_after_those_asked_in(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Sequence"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var first = Assert.Single(await world.OpenTasksAsync(caseId));
        var (one, two) = first.AssigneeId == world.VoterOne.Id ? (world.VoterOne, world.VoterTwo) : (world.VoterTwo, world.VoterOne);
        await bureau.AddAsync(first, one, AddedPlace.After, bureau.Deputy);
        await world.DecideAsync(first, one, DecisionKind.Approve);
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Deputy), bureau.Deputy, DecisionKind.Approve);
        Assert.Equal(two.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(caseId, two), two, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task A_request_is_taken_back_while_it_has_not_been_signed(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await bureau.AddAsync(task, world.Head, AddedPlace.Before, bureau.Deputy);
        var asked = await world.TaskOfAsync(caseId, bureau.Deputy);

        Assert.IsType<ActOutcome.NotYours>(await bureau.RemoveAsync(asked, world.Leader));
        Assert.IsType<ActOutcome.Done>(await bureau.RemoveAsync(asked, world.Head));
        Assert.IsType<ActOutcome.AlreadyDecided>(await bureau.RemoveAsync(asked, world.Head));
        Assert.IsType<ActOutcome.NotFound>(await bureau.RemoveAsync(task, world.Head));
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        Assert.Equal(1, await bureau.AuditedAsync("task.signer-removed", caseId));

        await bureau.AddAsync(task, world.Head, AddedPlace.After, bureau.Deputy);
        await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.RemoveAsync(await world.TaskOfAsync(caseId, bureau.Deputy), world.Head));
    }

    [Theory, OnEachDatabase]
    public async Task Bad_requests_change_nothing(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), ActBureau.Several("Vote"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        foreach (var (people, place, reason, path) in new (Person[], AddedPlace?, string?, string)[]
        {
            ([], AddedPlace.After, "请会签", "people"), ([world.Applicant], AddedPlace.After, "请会签", "people"),
            ([world.Head], AddedPlace.After, "请会签", "people"), ([bureau.Left], AddedPlace.Before, "请会签", "people"),
            ([bureau.Deputy], null, "请会签", "place"), ([bureau.Deputy], (AddedPlace)9, "请会签", "place"),
            ([bureau.Deputy], AddedPlace.Delegated, "请会签", "place"),
            ([bureau.Deputy], AddedPlace.After, "", "reason"), ([bureau.Deputy], AddedPlace.After, new string('长', 501), "reason"),
        })
        {
            var refused = Assert.IsType<ActOutcome.Invalid>(await bureau.AddAsync(task, world.Head, people, place, reason));
            Assert.Equal(path, Assert.Single(refused.Errors).Path);
        }

        var voted = await world.SubmittedAsync("several");
        Assert.IsType<ActOutcome.NotAllowed>(await bureau.AddAsync(
            await world.TaskOfAsync(voted, world.VoterOne), world.VoterOne, AddedPlace.After, bureau.Deputy));
        Assert.IsType<ActOutcome.NotYours>(await bureau.AddAsync(task, world.Leader, AddedPlace.After, bureau.Deputy));
        Assert.Equal(task.Id, Assert.Single(await world.OpenTasksAsync(caseId)).Id);
    }

    [Theory, OnEachDatabase]
    public async Task Of_a_decision_a_request_and_its_withdrawal_at_once_the_step_ends_once_and_loses_nobody(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        for (var round = 0; round < 6; round++)
        {
            var caseId = await world.SubmittedAsync("two-signers");
            var task = await world.TaskOfAsync(caseId, world.Head);
            var adding = Task.Run(() => bureau.AddAsync(task, world.Head, AddedPlace.Before, bureau.Deputy));
            var deciding = Task.Run(() => world.DecideAsync(task, world.Head, DecisionKind.Approve));
            var won = new[] { await adding is ActOutcome.Done, await deciding is DecideOutcome.Decided };
            Assert.Equal(1, won.Count(one => one));
            if (!won[0])
                continue;

            var asked = await world.TaskOfAsync(caseId, bureau.Deputy);
            var removing = Task.Run(() => bureau.RemoveAsync(asked, world.Head));
            var signing = Task.Run(() => world.DecideAsync(asked, bureau.Deputy, DecisionKind.Approve));
            Assert.Equal(1, new[] { await removing is ActOutcome.Done, await signing is DecideOutcome.Decided }.Count(one => one));
            Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        }
    }

    [Theory, OnEachDatabase]
    public Task Of_two_asked_before_one_asks_on_and_all_of_them_sign_where_all_must_agree(string provider) =>
        Whoever_was_asked_on_signs_before_the_asker(provider, "All");

    [Theory, OnEachDatabase]
    public Task Of_two_asked_before_one_asks_on_and_all_of_them_sign_in_a_step_in_order(string provider) =>
        Whoever_was_asked_on_signs_before_the_asker(provider, "Sequence");

    [Theory, OnEachDatabase]
    public Task Of_two_asked_before_one_asks_on_and_all_of_them_sign_where_one_answer_decides(string provider) =>
        Whoever_was_asked_on_signs_before_the_asker(provider, "Any");

    [Theory, OnEachDatabase]
    public async Task A_request_taken_back_gives_no_task_back_while_somebody_asked_on_has_still_to_sign(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await bureau.AddAsync(task, world.Head, AddedPlace.Before, bureau.Deputy, bureau.Clerk);
        var deputys = await world.TaskOfAsync(caseId, bureau.Deputy);
        await bureau.AskedOnAsync(deputys, AddedPlace.After, world.VoterOne);
        await world.DecideAsync(deputys, bureau.Deputy, DecisionKind.Approve);

        Assert.IsType<ActOutcome.Done>(await bureau.RemoveAsync(await world.TaskOfAsync(caseId, bureau.Clerk), world.Head));
        Assert.Equal(world.VoterOne.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.VoterOne), world.VoterOne, DecisionKind.Approve);
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_was_asked_in_neither_adds_a_file_to_the_step_nor_takes_one_out(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        var given = Assert.IsType<AttachOutcome.Attached>(await AttachAsync(world, task, world.Head)).AttachmentId;
        await bureau.AddAsync(task, world.Head, AddedPlace.After, bureau.Deputy);
        await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        var asked = await world.TaskOfAsync(caseId, bureau.Deputy);

        Assert.IsType<AttachOutcome.NotAllowed>(await AttachAsync(world, asked, bureau.Deputy));
        Assert.IsType<AttachOutcome.NotAllowed>(await world.AsAsync(bureau.Deputy, scope => scope.GetRequiredService<AttachFile>()
            .RemoveAsync(new AttachPlace(caseId, asked.Id), given, TestContext.Current.CancellationToken)));
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Attachments.CountAsync(one => one.RemovedAt == null)));
    }

    /// <summary>Whom the page of a task names as signing once its holder has.</summary>
    private static Task<IReadOnlyList<string>> StillToSignAsync(CaseWorld world, InboxTask task) => world.Kernel.InScopeAsync(
        scope => scope.GetRequiredService<NextTask>().AskedAfterAsync(task, TestContext.Current.CancellationToken));

    private static Task<AttachOutcome> AttachAsync(CaseWorld world, InboxTask task, Person by) => world.AsAsync(by, async scope =>
    {
        using var paper = new MemoryStream("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"u8.ToArray());
        return await scope.GetRequiredService<AttachFile>()
            .AddAsync(new AttachPlace(task.CaseId, task.Id), "papers", "补充材料.pdf", paper, TestContext.Current.CancellationToken);
    });

    /// <summary>A asks two before, one of whom agrees and had asked a third after: the other's answer is not the last one.</summary>
    private static async Task Whoever_was_asked_on_signs_before_the_asker(string provider, string mode)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several(mode));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var task = (await world.OpenTasksAsync(caseId))[0];
        var (asker, other) = task.AssigneeId == world.VoterOne.Id ? (world.VoterOne, world.VoterTwo) : (world.VoterTwo, world.VoterOne);
        Assert.IsType<ActOutcome.Done>(await bureau.AddAsync(task, asker, AddedPlace.Before, bureau.Deputy, bureau.Clerk));
        var deputys = await world.TaskOfAsync(caseId, bureau.Deputy);
        await bureau.AskedOnAsync(deputys, AddedPlace.After, world.Head);
        await world.DecideAsync(deputys, bureau.Deputy, DecisionKind.Approve);

        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Approve);
        Assert.Equal(TaskState.Queued, (await bureau.TaskAsync(task.Id)).State);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal(TaskState.Open, (await bureau.TaskAsync(task.Id)).State);
        await world.DecideAsync(task, asker, DecisionKind.Approve);
        if (mode != "Any")
            await world.DecideAsync(await world.TaskOfAsync(caseId, other), other, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }
}
