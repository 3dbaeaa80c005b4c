using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>指定办理人: who has left is replaced, nobody else of the step is skipped.</summary>
public sealed class AssignStepTests
{
    [Theory, OnEachDatabase]
    public async Task In_a_step_in_order_the_next_is_still_asked_after_who_replaces_the_first(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Sequence"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var first = Assert.Single(await world.OpenTasksAsync(caseId));
        var (one, two) = first.AssigneeId == world.VoterOne.Id ? (world.VoterOne, world.VoterTwo) : (world.VoterTwo, world.VoterOne);
        await LeavesAsync(world, one);

        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(world, first.StepRunId, bureau.Deputy));
        Assert.Equal(bureau.Deputy.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Deputy), bureau.Deputy, DecisionKind.Approve);
        Assert.Equal(two.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(caseId, two), two, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task The_next_in_order_who_replaces_the_first_signs_once(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Sequence"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var first = Assert.Single(await world.OpenTasksAsync(caseId));
        var (one, two) = first.AssigneeId == world.VoterOne.Id ? (world.VoterOne, world.VoterTwo) : (world.VoterTwo, world.VoterOne);
        await LeavesAsync(world, one);

        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(world, first.StepRunId, two));
        await world.DecideAsync(await world.TaskOfAsync(caseId, two), two, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task Whoever_asked_somebody_who_has_left_signs_after_the_replacement(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await bureau.AddAsync(task, world.Head, AddedPlace.Before, bureau.Deputy);
        await LeavesAsync(world, bureau.Deputy);

        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(world, task.StepRunId, bureau.Clerk));
        await world.DecideAsync(await world.TaskOfAsync(caseId, bureau.Clerk), bureau.Clerk, DecisionKind.Approve);
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        Assert.Equal(world.Leader.Id, Assert.Single(await world.OpenTasksAsync(caseId)).AssigneeId);
    }

    [Theory, OnEachDatabase]
    public async Task Two_who_replace_one_of_a_step_in_order_are_asked_one_after_the_other(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, ActBureau.Several("Sequence"));
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("several");
        var first = Assert.Single(await world.OpenTasksAsync(caseId));
        var (one, two) = first.AssigneeId == world.VoterOne.Id ? (world.VoterOne, world.VoterTwo) : (world.VoterTwo, world.VoterOne);
        await LeavesAsync(world, one);

        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(world, first.StepRunId, bureau.Deputy, bureau.Clerk));
        await SignInTurnAsync(world, caseId, bureau.Deputy, bureau.Clerk, two);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    [Theory, OnEachDatabase]
    public async Task Two_who_replace_one_asked_in_after_sign_one_after_the_other_and_the_step_waits_for_both(string provider)
    {
        await using var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        var task = await world.TaskOfAsync(caseId, world.Head);
        await bureau.AddAsync(task, world.Head, AddedPlace.After, bureau.Deputy);
        await world.DecideAsync(task, world.Head, DecisionKind.Approve);
        await LeavesAsync(world, bureau.Deputy);

        Assert.Equal(AssignOutcome.Assigned, await AssignAsync(world, task.StepRunId, bureau.Clerk, world.VoterOne));
        await SignInTurnAsync(world, caseId, bureau.Clerk, world.VoterOne, world.Leader);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
    }

    /// <summary>Each is the only one who is asked, and agrees.</summary>
    private static async Task SignInTurnAsync(CaseWorld world, Guid caseId, params Person[] people)
    {
        foreach (var person in people)
        {
            var task = Assert.Single(await world.OpenTasksAsync(caseId));
            Assert.Equal(person.Id, task.AssigneeId);
            Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(task, person, DecisionKind.Approve));
        }
    }

    private static Task LeavesAsync(CaseWorld world, Person person) =>
        world.Kernel.CommitAsync((_, db) => db.People.Single(one => one.Id == person.Id).IsActive = false);

    private static Task<AssignOutcome> AssignAsync(CaseWorld world, Guid step, params Person[] to) => world.AsAsync(
        world.Leader,
        scope => scope.GetRequiredService<AssignStep>()
            .AssignAsync(step, [.. to.Select(one => one.Id)], "原办理人已离任", TestContext.Current.CancellationToken));
}
