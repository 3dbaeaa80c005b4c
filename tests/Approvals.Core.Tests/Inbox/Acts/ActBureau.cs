using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Tests.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Inbox.Acts;

/// <summary>The small bureau with a deputy, a clerk and somebody who has left, all under one roof, and what its people do beside deciding.</summary>
internal sealed class ActBureau : IAsyncDisposable
{
    private ActBureau(CaseWorld world) => World = world;

    public CaseWorld World { get; }

    public Person Deputy { get; } = new() { Name = "副处长戊" };

    public Person Clerk { get; } = new() { Name = "科员己" };

    public Person Left { get; } = new() { Name = "离任庚", IsActive = false };

    public static Task<ActBureau> StartAsync(string provider, params TestProcess[] processes) => StartAsync(provider, _ => { }, processes);

    /// <summary>The same with services of the test's.</summary>
    public static async Task<ActBureau> StartAsync(string provider, Action<IServiceCollection> more, params TestProcess[] processes)
    {
        var bureau = new ActBureau(await CaseWorld.StartAsync(provider, more, processes));
        await bureau.World.Kernel.CommitAsync((_, db) =>
        {
            var root = new OrgUnit { Code = "bureau", Name = "江州局", Kind = OrgUnitKind.Bureau };
            db.OrgUnits.Add(root);
            foreach (var unit in db.OrgUnits.Where(one => one.Kind == OrgUnitKind.Section))
                unit.ParentId = root.Id;
            var section = db.OrgUnits.Single(one => one.Code == "rescue");
            foreach (var person in new[] { bureau.Deputy, bureau.Clerk, bureau.Left })
            {
                db.People.Add(person);
                db.Positions.Add(new Position
                {
                    PersonId = person.Id, OrgUnitId = section.Id, Kind = PositionKind.Member, Title = "干部", From = new DateOnly(2020, 1, 1),
                });
            }
        });
        return bureau;
    }

    public Task<ActOutcome> HandOverAsync(InboxTask task, Person by, Person? to, string? reason) => World.AsAsync(
        by, scope => scope.GetRequiredService<HandOverTask>().HandOverAsync(task.Id, to?.Id, reason, TestContext.Current.CancellationToken));

    public Task<ActOutcome> DelegateAsync(InboxTask task, Person by, Person? to, string? reason) => World.AsAsync(
        by, scope => scope.GetRequiredService<DelegateTask>().DelegateAsync(task.Id, to?.Id, reason, TestContext.Current.CancellationToken));

    public Task<ActOutcome> TakeBackAsync(InboxTask task, Person by, string? reason = "点错了") => World.AsAsync(
        by, scope => scope.GetRequiredService<TakeBack>().TakeBackAsync(task.Id, reason, TestContext.Current.CancellationToken));

    public Task OpenAsync(InboxTask task) => World.Kernel.InScopeAsync(async scope =>
    {
        await scope.GetRequiredService<TaskViews>().MarkOpenedAsync(task.Id, TestContext.Current.CancellationToken);
        return true;
    });

    /// <summary>Somebody who was asked in has asked another in turn, which an earlier release allowed.</summary>
    public Task AskedOnAsync(InboxTask by, AddedPlace place, Person asked) => World.Kernel.CommitAsync((_, db) =>
    {
        db.Tasks.Add(new InboxTask
        {
            StepRunId = by.StepRunId, CaseId = by.CaseId, AssigneeId = asked.Id, State = TaskState.Queued, Order = by.Order,
            SubjectName = by.SubjectName, CaseNumber = by.CaseNumber, ProcessKey = by.ProcessKey, ProcessName = by.ProcessName,
            StepName = by.StepName, ArrivedAt = by.ArrivedAt, SortDue = by.SortDue, AddedForTaskId = by.Id, AddedById = by.AssigneeId,
            AddedPlace = place,
        });
    });

    public Task<ActOutcome> AddAsync(InboxTask task, Person by, AddedPlace place, params Person[] asked) => AddAsync(task, by, asked, place, "请一并把关");

    public Task<ActOutcome> AddAsync(InboxTask task, Person by, Person[] asked, AddedPlace? place, string? reason) => World.AsAsync(
        by,
        scope => scope.GetRequiredService<AddSigners>()
            .AddAsync(task.Id, [.. asked.Select(one => one.Id)], place, reason, TestContext.Current.CancellationToken));

    public Task<ActOutcome> RemoveAsync(InboxTask task, Person by) => World.AsAsync(
        by, scope => scope.GetRequiredService<RemoveSigner>().RemoveAsync(task.Id, TestContext.Current.CancellationToken));

    public Task<InboxTask> TaskAsync(Guid id) => World.Kernel.ReadAsync(db => db.Tasks.AsNoTracking().SingleAsync(one => one.Id == id));

    public Task<StepRun> StepAsync(InboxTask task) =>
        World.Kernel.ReadAsync(db => db.StepRuns.AsNoTracking().SingleAsync(one => one.Id == task.StepRunId));

    public Task<int> AuditedAsync(string action, Guid caseId) =>
        World.Kernel.ReadAsync(db => db.AuditEntries.CountAsync(one => one.Action == action && one.SubjectId == caseId.ToString()));

    public Task<string> LastNoticeAsync(Person person) => World.Kernel.ReadAsync(db =>
        db.Notifications.Where(one => one.PersonId == person.Id).OrderByDescending(one => one.Id).Select(one => one.Text).FirstAsync());

    public ValueTask DisposeAsync() => World.DisposeAsync();

    /// <summary>申请 → 评议 by two people, ended by the rule of the mode; its numbers are its own.</summary>
    public static TestProcess Several(string mode) => new TestProcess("several") { Prefix = "HQ" }
        .Add("start", "Elsa.Start", "开始")
        .Add("apply", "Approvals.FormFilling", "申请", new { who = new[] { "applicant" } })
        .Add("voters", "Approvals.ApprovalStep", "评议", new { who = new[] { "head@section:committee" }, mode, thresholdPercent = 100 })
        .Add("close", "Approvals.CloseCase", "办结", new { outcome = "同意申请" })
        .Add("refuse", "Approvals.CloseCase", "驳回", new { status = "Rejected", outcome = "未通过" })
        .Connect("start", "apply").Connect("apply", "voters").Connect("voters", "close", "同意").Connect("voters", "refuse", "不同意");
}
