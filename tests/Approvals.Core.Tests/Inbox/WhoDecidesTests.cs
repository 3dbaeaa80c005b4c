using Approvals.Core.Cases;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Tests.Inbox.Acts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Inbox;

/// <summary>People found by what was done before, by name in a form, and in another's place.</summary>
public sealed class WhoDecidesTests
{
    [Theory, OnEachDatabase]
    public async Task AStepMayGoBackToWhoDecidedAnEarlierOne(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, Process()
            .Add("again", "Approvals.ApprovalStep", "复核", new { who = new[] { "decider@head" }, rejectLabel = "" })
            .Connect("head", "again", "同意").Connect("again", "close", "同意"));
        var caseId = await world.SubmittedAsync("who");
        await world.DecideAsync(await world.TaskOfAsync(caseId, world.Head), world.Head, DecisionKind.Approve);
        var task = Assert.Single(await world.OpenTasksAsync(caseId));
        Assert.Equal(("复核", world.Head.Id), (task.StepName, task.AssigneeId));
    }

    [Theory, OnEachDatabase]
    public async Task AFieldForAPersonOffersWhoWorksHereNow(string provider)
    {
        await using var world = await CaseWorld.StartAsync(
            provider, Process(""", { "key": "colleague", "type": "person", "label": "协办人" }""").Connect("head", "close", "同意"));
        await world.Kernel.CommitAsync((_, db) => db.People.Add(new Person { Name = "离职人员", IsActive = false }));
        var caseId = await world.SubmittedAsync("who");
        var version = (await world.CaseAsync(caseId)).DefinitionVersionId;
        var form = await world.Kernel.InScopeAsync(scope => scope.GetRequiredService<FormContextLoader>().LoadAsync(version, "application", "apply", caseId));
        var offered = form.Context.Choices["colleague"].Select(choice => choice.Name).ToList();
        Assert.Contains("处长丙", offered);
        Assert.DoesNotContain("离职人员", offered);
    }

    [Theory, OnEachDatabase]
    public async Task WhoStandsInForAnotherSeesTheirTasksInTheCount(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, services => services.AddInboxReading(), Process().Connect("head", "close", "同意"));
        await world.SubmittedAsync("who");
        Assert.Equal((1, 0), (await CountAsync(world, world.Head), await CountAsync(world, world.Leader)));
        await world.Kernel.CommitAsync((_, db) => db.Substitutions.Add(new Substitution
        {
            PrincipalId = world.Head.Id, SubstituteId = world.Leader.Id, From = new DateOnly(2026, 3, 2), Until = new DateOnly(2026, 3, 2),
        }));
        Assert.Equal((1, 1), (await CountAsync(world, world.Head), await CountAsync(world, world.Leader)));
        world.Kernel.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await CountAsync(world, world.Leader));
    }

    [Theory, OnEachDatabase]
    public async Task ASubstituteIsNotOfferedTheOwnApplication(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, services => services.AddInboxReading(), Process().Connect("head", "close", "同意"));
        await StandInAsync(world, world.Head, world.Applicant);
        var own = await world.SubmittedAsync("who");
        Assert.Equal((1, 0), (await CountAsync(world, world.Head), await CountAsync(world, world.Applicant)));
        Assert.Empty(await ListedAsync(world, world.Applicant));
        Assert.Null(await NextAsync(world, world.Applicant));
        Assert.IsType<DecideOutcome.NotYours>(
            await world.DecideAsync(await world.TaskOfAsync(own, world.Head), world.Applicant, DecisionKind.Approve));

        var anothers = Assert.IsType<SubmitOutcome.Submitted>(await world.SubmitAsync("who", world.Representative)).CaseId;
        var task = await world.TaskOfAsync(anothers, world.Head);
        Assert.Equal(1, await CountAsync(world, world.Applicant));
        Assert.Equal([task.Id], await ListedAsync(world, world.Applicant));
        Assert.Equal(task.Id, await NextAsync(world, world.Applicant));
    }

    [Theory, OnEachDatabase]
    public async Task NobodyGivesASecondSignatureOfOneStepInAnothersPlace(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, services => services.AddInboxReading(), ActBureau.Several("All"));
        await StandInAsync(world, world.VoterOne, world.VoterTwo);
        var caseId = await world.SubmittedAsync("several");
        var (first, second) = (await world.TaskOfAsync(caseId, world.VoterOne), await world.TaskOfAsync(caseId, world.VoterTwo));

        // Whether the own signature is still to come or has been given.
        Assert.IsType<DecideOutcome.NotYours>(await world.DecideAsync(first, world.VoterTwo, DecisionKind.Approve));
        Assert.Equal([second.Id], await ListedAsync(world, world.VoterTwo));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(second, world.VoterTwo, DecisionKind.Approve));
        Assert.IsType<DecideOutcome.NotYours>(await world.DecideAsync(first, world.VoterTwo, DecisionKind.Approve));
        Assert.Equal(0, await CountAsync(world, world.VoterTwo));
        Assert.Empty(await ListedAsync(world, world.VoterTwo));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(first, world.VoterOne, DecisionKind.Approve));
    }

    [Theory, OnEachDatabase]
    public async Task WhoStandsInForTwoSignsAStepForOneOfThem(string provider)
    {
        await using var world = await CaseWorld.StartAsync(provider, services => services.AddInboxReading(), ActBureau.Several("All"));
        await StandInAsync(world, world.VoterOne, world.Leader);
        await StandInAsync(world, world.VoterTwo, world.Leader);
        var caseId = await world.SubmittedAsync("several");
        var (first, second) = (await world.TaskOfAsync(caseId, world.VoterOne), await world.TaskOfAsync(caseId, world.VoterTwo));

        Assert.Equal(2, await CountAsync(world, world.Leader));
        Assert.IsType<DecideOutcome.Decided>(await world.DecideAsync(first, world.Leader, DecisionKind.Approve));
        Assert.Equal(0, await CountAsync(world, world.Leader));
        Assert.IsType<DecideOutcome.NotYours>(await world.DecideAsync(second, world.Leader, DecisionKind.Approve));

        // Of two windows of one substitute at once, too.
        caseId = await world.SubmittedAsync("several");
        var outcomes = await Task.WhenAll((await world.OpenTasksAsync(caseId)).Select(task =>
            Task.Run(() => world.DecideAsync(task, world.Leader, DecisionKind.Approve))));
        Assert.Single(outcomes.OfType<DecideOutcome.Decided>());
        Assert.Single(outcomes.OfType<DecideOutcome.NotYours>());
    }

    private static Task StandInAsync(CaseWorld world, Person principal, Person substitute) =>
        world.Kernel.CommitAsync((_, db) => db.Substitutions.Add(new Substitution
        {
            PrincipalId = principal.Id, SubstituteId = substitute.Id, From = new DateOnly(2026, 3, 2), Until = new DateOnly(2026, 3, 2),
        }));

    private static Task<List<Guid>> ListedAsync(CaseWorld world, Person person) => world.AsAsync(person, async scope =>
        (await scope.GetRequiredService<InboxQuery>().ToDoAsync(person.Id, new InboxFilter(), null, default)).Rows.Select(row => row.Id).ToList());

    private static Task<Guid?> NextAsync(CaseWorld world, Person person) => world.AsAsync(
        person, async scope => (await scope.GetRequiredService<NextTask>().OfAsync(person.Id, default))?.Id);

    private static Task<int> CountAsync(CaseWorld world, Person person) => world.AsAsync(
        person, async scope => (await scope.GetRequiredService<InboxQuery>().CountAsync(person.Id, default)).ToDo);

    private static TestProcess Process(string moreFields = "") => new TestProcess("who") { MoreFields = moreFields }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("head", "Approvals.ApprovalStep", "处室审核", new { who = new[] { "head@owner" }, rejectLabel = "" })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "办结" })
        .Connect("start", "apply").Connect("apply", "head");
}
