using System.Text.Json.Nodes;
using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Hosting;
using Approvals.Core.Inbox;
using Approvals.Core.Notices;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Processes.Watching;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Approvals.Core.Training;
using Approvals.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Notices;

public sealed class NoticeLifeTests
{
    [Theory, OnEachDatabase]
    public async Task A_notice_ends_on_its_day_once_also_after_a_restart(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        var notice = await world.NoticeAsync(caseId);
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 9), "江应急公示〔2026〕1号"), (notice.PublishedOn, notice.EndsOn, notice.Number));

        world.Kernel.Time.SetUtcNow(ChinaTime.EndOf(notice.EndsOn).AddMinutes(-1));
        await world.RingAsync();
        Assert.Equal(NoticeStatus.Running, (await world.NoticeAsync(caseId)).Status);

        await world.Kernel.RestartAsync();
        await world.PassNoticeAsync();
        await world.RingAsync();
        Assert.Equal(NoticeStatus.Ended, (await world.NoticeAsync(caseId)).Status);
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.CountAsync(row => row.CaseId == caseId)));
    }

    [Theory, OnEachDatabase]
    public async Task An_open_objection_holds_the_case_and_its_dismissal_lets_it_go(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        var notice = await world.NoticeAsync(caseId);
        Assert.IsType<FilingOutcome.Accepted>(await world.ObjectAsync(notice.Id));
        await world.RingAsync();
        var handling = await world.Kernel.ReadAsync(db => db.StepRuns.AsNoTracking().Where(row => row.CaseId == caseId).SingleAsync());
        Assert.Equal(("异议核查", "investigate"), (handling.StepName, handling.ActivityId));

        await world.PassNoticeAsync();
        Assert.Equal(NoticeStatus.Held, (await world.NoticeAsync(caseId)).Status);
        Assert.IsType<FilingOutcome.Closed>(await world.ObjectAsync(notice.Id));

        var objection = await world.Kernel.ReadAsync(db => db.Objections.AsNoTracking().SingleAsync());
        Assert.Equal(RulingOutcome.Ruled, await world.RuleAsync(objection.Id, upheld: false));
        await world.RingAsync();
        Assert.Equal(NoticeStatus.Ended, (await world.NoticeAsync(caseId)).Status);
        Assert.Equal(TrainingStatus.Waiting, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.Select(row => row.Status).SingleAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task The_term_for_an_objection_is_the_parameter_in_force(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await world.Kernel.CommitAsync((_, db) => db.Parameters.Add(new RegulationParameter
        {
            Key = ParameterKeys.ObjectionWorkingDays, Value = "3", Name = "异议核查处理期限", Article = "默认",
            EffectiveFrom = new DateOnly(2026, 3, 2), SetAt = world.Kernel.Time.GetUtcNow(),
        }));
        var caseId = await world.CaseAtNoticeAsync();
        await world.ObjectAsync((await world.NoticeAsync(caseId)).Id);

        await world.RingAsync();

        var due = await world.Kernel.ReadAsync(db => db.StepRuns.Where(row => row.CaseId == caseId).Select(row => row.DueAt).SingleAsync());
        Assert.Equal(ChinaTime.Instant(new DateOnly(2026, 3, 5), new TimeOnly(17, 30)), due);
    }

    [Theory, OnEachDatabase]
    public async Task An_upheld_objection_refuses_the_case_with_a_letter(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.ObjectAsync((await world.NoticeAsync(caseId)).Id);
        await world.RingAsync();
        var objection = await world.Kernel.ReadAsync(db => db.Objections.AsNoTracking().SingleAsync());
        await world.RuleAsync(objection.Id, upheld: true);
        await world.RingAsync();

        Assert.Equal(NoticeStatus.Upheld, (await world.NoticeAsync(caseId)).Status);
        Assert.Equal(CaseStatus.Rejected, await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Status).SingleAsync()));
        Assert.Contains("终止聘任程序通知书", await world.Kernel.ReadAsync(db => db.Documents.Select(row => row.Title).ToListAsync()));
    }

    [Theory, OnEachDatabase]
    public async Task An_objection_is_ruled_on_at_the_steps_of_its_process_by_who_decides_them(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.ObjectAsync((await world.NoticeAsync(caseId)).Id);
        await world.RingAsync();
        await world.DecideAsync(world.Officer, DecisionKind.Submit, new JsonObject
        {
            ["objectionInvestigation"] = "已查阅其履历和劳动合同，任职年限属实。", ["objectionProposal"] = "dismiss",
        });
        await world.DecideAsync(world.Leader, DecisionKind.Approve, new JsonObject { ["objectionRuling"] = "经核查，异议不成立，公示继续。" });
        var objection = await world.Kernel.ReadAsync(db => db.Objections.AsNoTracking().SingleAsync());
        Assert.Equal((ObjectionStatus.Dismissed, world.Leader.Id), (objection.Status, objection.RuledById!.Value));
    }

    [Theory, OnEachDatabase]
    public async Task What_happens_to_a_notice_is_told_to_the_systems_that_listen(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider, services => services.Configure<WebhookOptions>(
            options => options.Targets["office"] = new WebhookTarget { Url = "https://office.example/", Secret = "shared between the two" }));
        var caseId = await world.CaseAtNoticeAsync();
        await world.PassNoticeAsync();
        var told = await world.Kernel.ReadAsync(db => db.Outbox.AsNoTracking()
            .Where(row => row.Kind == "webhook").OrderBy(row => row.Id).Select(row => row.Payload).ToListAsync());
        Assert.Contains(told, one => one.Contains("notice.ended", StringComparison.Ordinal) && one.Contains(caseId.ToString(), StringComparison.Ordinal));
    }

    [Theory, OnEachDatabase]
    public async Task Of_racing_rulings_one_takes_effect(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.ObjectAsync((await world.NoticeAsync(caseId)).Id);
        var objection = await world.Kernel.ReadAsync(db => db.Objections.AsNoTracking().SingleAsync());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() => world.RuleAsync(objection.Id, index % 2 == 0))));
        Assert.Single(outcomes, outcome => outcome == RulingOutcome.Ruled);
    }

    [Theory, OnEachDatabase]
    public async Task An_objection_that_races_with_the_end_is_counted_or_refused(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        var notice = await world.NoticeAsync(caseId);
        world.Kernel.Time.SetUtcNow(ChinaTime.EndOf(notice.EndsOn).AddMilliseconds(-1));
        var filings = Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.ObjectAsync(notice.Id))).ToList();
        world.Kernel.Time.Advance(TimeSpan.FromMilliseconds(2));
        await world.RingAsync();
        var accepted = (await Task.WhenAll(filings)).OfType<FilingOutcome.Accepted>().Count();
        await world.RingAsync();

        var open = await world.Kernel.ReadAsync(db => db.Objections.CountAsync());
        Assert.Equal(accepted, open);
        Assert.Equal(accepted == 0 ? NoticeStatus.Ended : NoticeStatus.Held, (await world.NoticeAsync(caseId)).Status);
    }

    [Theory, OnEachDatabase]
    public async Task A_handling_that_is_given_up_after_a_fault_ends_neither_the_case_nor_the_objection(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.ObjectAsync((await world.NoticeAsync(caseId)).Id);
        await world.RingAsync();
        var incident = Guid.CreateVersion7();
        var handling = await world.Kernel.ReadAsync(db => db.Instances.AsNoTracking().SingleAsync(row => row.DefinitionId == HandleNextObjection.Process));
        await world.Kernel.CommitAsync((_, db) => db.Incidents.Add(new WorkflowIncidentRow
        {
            Id = incident, InstanceId = handling.Id, ActivityId = "investigate", NodeId = "investigate", Message = "故障", At = world.Kernel.Time.GetUtcNow(),
        }));

        Assert.Contains("这条异议将重新交办", (await world.Kernel.InScopeAsync(scope =>
            scope.GetRequiredService<EndEffects>().OfAsync(handling.Id, default)))!.Says, StringComparison.Ordinal);
        Assert.Equal(EndOutcome.Done, await world.Kernel.InScopeAsync(scope =>
        {
            scope.GetRequiredService<CurrentPerson>().Set(world.Leader.Id, world.Leader.Name, [Roles.SystemAdministrator]);
            return scope.GetRequiredService<ResolveIncident>().CancelAsync(incident, "重新核查", null, default);
        }));
        Assert.Equal(CaseStatus.Running, await world.Kernel.ReadAsync(db => db.Cases.Where(row => row.Id == caseId).Select(row => row.Status).SingleAsync()));
        await world.RingAsync();

        // Handled once more, and the notice goes on to its end.
        Assert.Equal(1, await world.Kernel.ReadAsync(db => db.Tasks.CountAsync(row => row.CaseId == caseId && row.State == TaskState.Open)));
        var objection = await world.Kernel.ReadAsync(db => db.Objections.AsNoTracking().SingleAsync());
        await world.RuleAsync(objection.Id, upheld: false);
        await world.PassNoticeAsync();
        Assert.Equal(NoticeStatus.Ended, (await world.NoticeAsync(caseId)).Status);
    }

    /// <summary>A handling that goes on after its ruling keeps the next objection waiting; however it ends, the next one is taken in hand.</summary>
    [Theory, OnEachDatabase]
    public async Task The_next_objection_is_handled_when_a_handling_that_went_on_after_its_ruling_ends(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        await GoOnAfterTheRulingAsync(world);
        var caseId = await world.CaseAtNoticeAsync();
        var notice = await world.NoticeAsync(caseId);
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.IsType<FilingOutcome.Accepted>(await world.ObjectAsync(notice.Id));
        await world.RingAsync();
        await DismissAsync();
        await world.RingAsync();
        Assert.Equal(1, await HandlingsAsync());

        await world.DecideAsync(world.Officer, DecisionKind.Submit, Investigated());
        await world.RingAsync();
        Assert.Equal(2, await HandlingsAsync());

        await DismissAsync();
        await world.RingAsync();
        var second = await world.Kernel.ReadAsync(db => db.Instances
            .Where(row => row.DefinitionId == HandleNextObjection.Process && row.FinishedAt == null).Select(row => row.Id).SingleAsync());
        await world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<WorkflowHost>().CancelAsync(second, "不再归档", default));
        await world.RingAsync();
        Assert.Equal(3, await HandlingsAsync());

        async Task DismissAsync()
        {
            await world.DecideAsync(world.Officer, DecisionKind.Submit, Investigated());
            await world.DecideAsync(world.Leader, DecisionKind.Approve, new JsonObject { ["objectionRuling"] = "经核查，异议不成立，公示继续。" });
        }

        Task<int> HandlingsAsync() => world.Kernel.ReadAsync(db => db.Instances.CountAsync(row => row.DefinitionId == HandleNextObjection.Process));
        static JsonObject Investigated() => new()
        {
            ["objectionInvestigation"] = "已查阅其履历和劳动合同，任职年限属实。", ["objectionProposal"] = "dismiss",
        };
    }

    [Theory, OnEachDatabase]
    public async Task A_handler_reads_every_objection_but_those_against_themself(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        await world.ObjectAsync((await world.NoticeAsync(caseId)).Id);
        var objection = await world.Kernel.ReadAsync(db => db.Objections.AsNoTracking().SingleAsync());
        Task<(int Listed, bool Read)> SeesAsync(Person person) => world.Kernel.InScopeAsync(async scope =>
        {
            scope.GetRequiredService<CurrentPerson>().Set(person.Id, person.Name, [Roles.ObjectionHandler]);
            var query = scope.GetRequiredService<NoticeQuery>();
            return ((await query.ObjectionsAsync(default)).Count, await query.ReadAsync(objection.Id, default) is not null);
        });

        Assert.Equal((1, true), await SeesAsync(world.Officer));
        Assert.Equal((0, false), await SeesAsync(world.Applicant));
    }

    [Theory, OnEachDatabase]
    public async Task Cancelling_the_case_withdraws_its_notice(string provider)
    {
        await using var world = await IssuingWorld.StartAsync(provider);
        var caseId = await world.CaseAtNoticeAsync();
        var instance = (await world.NoticeAsync(caseId)).InstanceId;
        await world.Kernel.CommitAsync(async (scope, _) => await scope.GetRequiredService<WorkflowHost>().CancelAsync(instance, "撤回", default));
        await world.PassNoticeAsync();
        Assert.Equal(NoticeStatus.Withdrawn, (await world.NoticeAsync(caseId)).Status);
        Assert.Equal(0, await world.Kernel.ReadAsync(db => db.TrainingEnrolments.CountAsync()));
    }

    /// <summary>Puts a step of the investigator between a dismissal and the end, as a bureau may draw it.</summary>
    private static async Task GoOnAfterTheRulingAsync(IssuingWorld world)
    {
        var file = Path.Combine(world.Kernel.Folder, "workflows", HandleNextObjection.Process, "workflow.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        var activities = json["root"]!["activities"]!.AsArray();
        var more = activities.Single(one => (string?)one!["id"] == "investigate")!.DeepClone();
        foreach (var key in new[] { "id", "name", "nodeId" })
            more[key] = ((string?)more[key] ?? "investigate").Replace("investigate", "file-away", StringComparison.Ordinal);
        activities.Add(more);
        var connections = json["root"]!["connections"]!.AsArray();
        connections.Single(one => (string?)one!["source"]!["activity"] == "dismiss")!["target"]!["activity"] = "file-away";
        connections.Add(JsonNode.Parse("""{"source":{"activity":"file-away","port":"Done"},"target":{"activity":"end-dismissed","port":"In"}}"""));
        await File.WriteAllTextAsync(file, json.ToJsonString());
        await world.Kernel.InScopeAsync(async scope =>
        {
            await scope.GetServices<IStartupTask>().OfType<ImportProcesses>().Single().RunAsync(default);
            return true;
        });
    }
}
