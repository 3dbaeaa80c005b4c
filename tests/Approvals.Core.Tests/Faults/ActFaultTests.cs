using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Inbox.Acts;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Faults;

/// <summary>
/// An exception at every command and commit of what signers do beside deciding: 转办, 委派, 加签, its withdrawal, 收回. Checked after each:
/// every row as before; waits, state, step, task, decision, history, audit. The case then ends as if nothing had failed.
/// </summary>
public sealed class ActFaultTests
{
    private readonly Strikes strikes = new();

    [Theory, OnEachDatabase]
    public async Task Acts_beside_deciding_outlive_a_fault_at_any_command(string database)
    {
        await using var bureau = await ActBureau.StartAsync(database, strikes.AddTo, TestProcesses.TwoSigners());
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");
        Task StrikeAsync(string what, Func<Task> act) => strikes.AtEveryPointAsync(world.Kernel, what, act);
        Task<InboxTask> OfAsync(Person person) => world.TaskOfAsync(caseId, person);

        var heads = await OfAsync(world.Head);
        await StrikeAsync("the hand-over", () => bureau.HandOverAsync(heads, world.Head, bureau.Deputy, "外出开会"));
        var task = await OfAsync(bureau.Deputy);
        await StrikeAsync("the delegation", () => bureau.DelegateAsync(task, bureau.Deputy, bureau.Clerk, "请核实"));
        var delegated = await OfAsync(bureau.Clerk);
        await StrikeAsync("the work", () => world.DecideAsync(delegated, bureau.Clerk, DecisionKind.Submit, "属实。"));
        await StrikeAsync("the request", () => bureau.AddAsync(task, bureau.Deputy, AddedPlace.Beside, world.VoterOne));
        var beside = await OfAsync(world.VoterOne);
        await StrikeAsync("its withdrawal", () => bureau.RemoveAsync(beside, bureau.Deputy));

        var alone = await world.SubmittedAsync("two-signers");
        var decided = await world.TaskOfAsync(alone, world.Head);
        await world.DecideAsync(decided, world.Head, DecisionKind.Approve);
        await StrikeAsync("the taking back", () => bureau.TakeBackAsync(decided, world.Head));
        Assert.Equal(1, await bureau.AuditedAsync("task.taken-back", alone));
        Assert.Equal(world.Head.Id, Assert.Single(await world.OpenTasksAsync(alone)).AssigneeId);

        await world.DecideAsync(task, bureau.Deputy, DecisionKind.Approve);
        await world.DecideAsync(await OfAsync(world.Leader), world.Leader, DecisionKind.Approve);
        Assert.Equal("同意申请", (await world.CaseAsync(caseId)).Outcome);
        foreach (var act in new[] { "task.handed-over", "task.delegated", "task.signers-added", "task.signer-removed" })
            Assert.Equal(1, await bureau.AuditedAsync(act, caseId));
    }
}
