using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestProcesses = Approvals.Core.Tests.Cases.Processes;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>催办: whoever answers for a case reminds whoever has it, not too often.</summary>
public sealed class UrgeTests
{
    [Theory, OnEachDatabase]
    public async Task The_applicant_urges_whoever_has_the_case_and_again_only_after_the_interval(string provider)
    {
        await using var bureau = await StartAsync(provider);
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("fork");

        var done = Assert.IsType<ActOutcome.Done>(await UrgeAsync(bureau, caseId, world.Applicant, "事情紧急，请尽快办理。"));
        Assert.Equal(3, done.Names.Split('、').Length);
        Assert.Contains("申请人甲催办申请人甲的“测试流程”：处长审批", await bureau.LastNoticeAsync(world.Head), StringComparison.Ordinal);
        Assert.Contains("评议", await bureau.LastNoticeAsync(world.VoterTwo), StringComparison.Ordinal);

        var until = Assert.IsType<ActOutcome.TooSoon>(await UrgeAsync(bureau, caseId, world.Head)).Until;
        Assert.Equal(world.Kernel.Time.GetUtcNow().AddHours(4), until);
        world.Kernel.Time.Advance(TimeSpan.FromHours(4));
        Assert.IsType<ActOutcome.Done>(await UrgeAsync(bureau, caseId, world.Head));
        Assert.Equal(2, (await world.HistoryAsync(caseId)).Count(kind => kind == UrgeCase.EventKind));
        Assert.Equal(2, await bureau.AuditedAsync("case.urged", caseId));
    }

    [Theory, OnEachDatabase]
    public async Task Who_does_not_answer_for_the_case_urges_nobody_and_nor_does_anybody_when_nobody_has_it(string provider)
    {
        await using var bureau = await StartAsync(provider);
        var world = bureau.World;
        var caseId = await world.SubmittedAsync("two-signers");

        Assert.IsType<ActOutcome.NotYours>(await UrgeAsync(bureau, caseId, world.VoterOne));
        Assert.IsType<ActOutcome.NotYours>(await UrgeAsync(bureau, caseId, world.Representative));
        Assert.IsType<ActOutcome.NotFound>(await UrgeAsync(bureau, Guid.NewGuid(), world.Applicant));
        Assert.IsType<ActOutcome.Invalid>(await UrgeAsync(bureau, caseId, world.Applicant, new string('急', 201)));
        Assert.IsType<ActOutcome.NotAllowed>(await UrgeAsync(bureau, caseId, world.Head));
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Reject, "不同意。");
        Assert.IsType<ActOutcome.NotAllowed>(await UrgeAsync(bureau, caseId, world.Applicant));
        Assert.DoesNotContain(UrgeCase.EventKind, await world.HistoryAsync(caseId));
    }

    [Theory, OnEachDatabase]
    public async Task Of_two_who_urge_at_once_one_is_told_that_it_was_done(string provider)
    {
        await using var bureau = await StartAsync(provider);
        var world = bureau.World;
        for (var round = 0; round < 6; round++)
        {
            var caseId = await world.SubmittedAsync("two-signers");
            var urging = new[] { world.Applicant, world.Leader, world.Applicant }.Select(by => Task.Run(() => UrgeAsync(bureau, caseId, by)));
            var outcomes = await Task.WhenAll(urging);
            Assert.Single(outcomes, one => one is ActOutcome.Done);
            Assert.Equal(2, outcomes.Count(one => one is ActOutcome.TooSoon));
        }
    }

    private static async Task<ActBureau> StartAsync(string provider)
    {
        var bureau = await ActBureau.StartAsync(provider, TestProcesses.TwoSigners(), TestProcesses.Fork());
        await bureau.World.Kernel.CommitAsync((_, db) => db.Parameters.AddRange(
            ParameterDefinition.All.Select(definition => SeedParameters.Shipped(definition, DateTimeOffset.UnixEpoch))));
        return bureau;
    }

    private static Task<ActOutcome> UrgeAsync(ActBureau bureau, Guid caseId, Person by, string? message = null) => bureau.World.AsAsync(
        by, scope => scope.GetRequiredService<UrgeCase>().UrgeAsync(caseId, message, TestContext.Current.CancellationToken));
}
