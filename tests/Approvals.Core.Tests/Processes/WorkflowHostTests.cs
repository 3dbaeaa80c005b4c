using Approvals.Core.Calendar;
using Approvals.Core.Cases;
using Approvals.Core.Data;
using Approvals.Core.Files;
using Approvals.Core.Forms;
using Approvals.Core.Inbox;
using Approvals.Core.Organisation;
using Approvals.Core.Processes;
using Approvals.Core.Regulations;
using Approvals.Core.Tests.Databases;
using Approvals.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Approvals.Core.Tests.Processes;

/// <summary>Faults of activities and of the transaction, through the durable host.</summary>
public class WorkflowHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, OnEachDatabase]
    public async Task A_faulting_expression_is_an_incident_that_can_be_retried_while_the_rest_goes_on(string database)
    {
        await using var kernel = await StartAsync(database, Faulting);
        var id = await StartInstanceAsync(kernel);

        var incident = await kernel.ReadAsync(db => db.Incidents.SingleAsync(Cancel));
        Assert.Equal((id, "shout"), (incident.InstanceId, incident.ActivityId));
        Assert.Contains("variables.Name.length", incident.Expression);
        Assert.Null(incident.ResolvedAt);
        Assert.Equal(HostOutcome.Ran, await RetryAsync(kernel, incident.Id));
        var again = await kernel.ReadAsync(db => db.Incidents.SingleAsync(one => one.ResolvedAt == null, Cancel));

        // The other branch waits, and is resumed while the incident is open; it sets what the expression lacked.
        var bookmark = await kernel.ReadAsync(db => db.Bookmarks.SingleAsync(one => one.InstanceId == id, Cancel));
        Assert.Equal(HostOutcome.Ran, await ResumeAsync(kernel, bookmark.Id));
        Assert.Equal(HostOutcome.Ran, await RetryAsync(kernel, again.Id));

        var row = await kernel.ReadAsync(db => db.Instances.SingleAsync(Cancel));
        Assert.Equal(("Finished", "Finished", 0), (row.Status, row.SubStatus, row.IncidentCount));
        Assert.Equal(0, await kernel.ReadAsync(db => db.Incidents.CountAsync(one => one.ResolvedAt == null, Cancel)));
        Assert.Equal(HostOutcome.Gone, await RetryAsync(kernel, again.Id));
    }

    [Theory, OnEachDatabase]
    public async Task A_database_fault_in_an_activity_is_no_incident_but_rolls_everything_back(string database)
    {
        await using var kernel = await StartAsync(database, Colliding);
        var id = await StartInstanceAsync(kernel);
        var before = await kernel.ReadAsync(db => db.Instances.SingleAsync(Cancel));
        var journal = await kernel.ReadAsync(db => db.Journal.CountAsync(Cancel));
        var bookmark = await kernel.ReadAsync(db => db.Bookmarks.SingleAsync(Cancel));

        await Assert.ThrowsAsync<DbUpdateException>(() => ResumeAsync(kernel, bookmark.Id));

        var after = await kernel.ReadAsync(db => db.Instances.SingleAsync(one => one.Id == id, Cancel));
        Assert.Equal((before.State, before.RowVersion), (after.State, after.RowVersion));
        Assert.Equal(journal, await kernel.ReadAsync(db => db.Journal.CountAsync(Cancel)));
        Assert.Equal(1, await kernel.ReadAsync(db => db.Bookmarks.CountAsync(Cancel)));
        Assert.Equal(0, await kernel.ReadAsync(db => db.Incidents.CountAsync(Cancel)));
        Assert.Equal(0, await kernel.ReadAsync(db => db.OrgUnits.CountAsync(Cancel)));
    }

    /// <summary>A template over its second ends by a cancellation of the sandbox's own, which is not the caller giving up.</summary>
    [Theory, OnEachDatabase]
    public async Task A_template_that_takes_too_long_is_an_incident_like_any_other_fault(string database)
    {
        // So much memory that the time is what ends it, on a machine of any speed.
        var limits = new ExpressionLimits { Timeout = TimeSpan.FromMilliseconds(50), MemoryBytes = long.MaxValue / 2 };
        await using var kernel = await StartAsync(
            database, TakingTooLong, services => services.AddSingleton(_ => new WorkflowCompiler(new ExpressionEvaluator(limits))));
        await StartInstanceAsync(kernel);
        var bookmark = await kernel.ReadAsync(db => db.Bookmarks.SingleAsync(Cancel));

        Assert.Equal(HostOutcome.Ran, await ResumeAsync(kernel, bookmark.Id));

        var incident = await kernel.ReadAsync(db => db.Incidents.SingleAsync(Cancel));
        Assert.Equal("slow", incident.ActivityId);
        Assert.EndsWith("模板渲染超过 50 毫秒。", incident.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachDatabase]
    public async Task Of_racing_resumes_of_one_bookmark_one_runs(string database)
    {
        await using var kernel = await StartAsync(database, Faulting);
        var id = await StartInstanceAsync(kernel);
        var bookmark = await kernel.ReadAsync(db => db.Bookmarks.SingleAsync(one => one.InstanceId == id, Cancel));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ResumeAsync(kernel, bookmark.Id))));

        Assert.Single(outcomes, HostOutcome.Ran);
        var journal = await kernel.ReadAsync(db => JournalReader.ReadAsync(db, id, Cancel));
        Assert.Equal(Enumerable.Range(0, journal.Count).Select(place => (long)place), journal.Select(line => line.Sequence));
        Assert.Single(journal, line => line.Event == JournalEvents.Resumed);
    }

    private static async Task<TestKernel> StartAsync(string database, string json, Action<IServiceCollection>? more = null)
    {
        var kernel = await TestKernel.StartAsync(database, services =>
        {
            Register(services);
            more?.Invoke(services);
        });
        await kernel.CommitAsync((_, db) => db.Definitions.Add(new DefinitionVersion
        {
            Id = "faults-v1",
            DefinitionId = "faults",
            Version = 1,
            Name = "故障",
            IsLatest = true,
            IsPublished = true,
            Json = json,
            Files = "{}",
            Hash = DefinitionHash.Of(json),
            CreatedAt = kernel.Time.GetUtcNow(),
        }));
        return kernel;
    }

    private static void Register(IServiceCollection services)
    {
        services.AddOrganisation().AddCalendar().AddForms().AddRegulations().AddFiles();
        services.AddProcesses(new ConfigurationBuilder().Build());
        services.AddScoped<CaseAccess>();
        services.AddSingleton(_ => new ActivityRegistry(typeof(ProcessServices).Assembly, typeof(Collide).Assembly));
    }

    private static Task<Guid> StartInstanceAsync(TestKernel kernel) => kernel.CommitAsync(async (scope, _) =>
        (await scope.GetRequiredService<WorkflowHost>().StartAsync("faults", null, null, Cancel)).Id);

    private static Task<HostOutcome> ResumeAsync(TestKernel kernel, Guid bookmark) => kernel.CommitAsync((scope, _) =>
        scope.GetRequiredService<WorkflowHost>().ResumeAsync(bookmark, null, Cancel));

    private static Task<HostOutcome> RetryAsync(TestKernel kernel, Guid incident) => kernel.CommitAsync((scope, _) =>
        scope.GetRequiredService<WorkflowHost>().RetryAsync(incident, Cancel));

    /// <summary>One branch waits for an event and then sets a variable; the other needs it at once.</summary>
    private const string Faulting = """
        {
          "id": "faults-v1", "definitionId": "faults", "name": "故障", "version": 1,
          "variables": [{ "id": "v1", "name": "Name", "typeName": "String" }],
          "root": {
            "id": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "start", "type": "Elsa.Start", "version": 1 },
              { "id": "wait", "type": "Elsa.Event", "version": 1,
                "eventName": { "expression": { "type": "Literal", "value": "named" } } },
              { "id": "set", "type": "Elsa.SetVariable", "version": 1, "variable": { "id": "v1", "name": "Name" },
                "value": { "expression": { "type": "Literal", "value": "王强" } } },
              { "id": "shout", "type": "Elsa.WriteLine", "version": 1,
                "text": { "expression": { "type": "JavaScript", "value": "'' + variables.Name.length" } } }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "wait" } },
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "shout" } },
              { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "set" } }
            ]
          }
        }
        """;

    private const string TakingTooLong = """
        {
          "id": "faults-v1", "definitionId": "faults", "name": "故障", "version": 1,
          "root": {
            "id": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "start", "type": "Elsa.Start", "version": 1 },
              { "id": "wait", "type": "Elsa.Event", "version": 1,
                "eventName": { "expression": { "type": "Literal", "value": "go" } } },
              { "id": "slow", "type": "Elsa.WriteLine", "version": 1,
                "text": { "expression": { "type": "Liquid",
                  "value": "{% for i in (1..1900) %}{% for j in (1..1900) %}{% assign a = j | plus: i | times: 3 %}{% endfor %}{% endfor %}" } } }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "wait" } },
              { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "slow" } }
            ]
          }
        }
        """;

    private const string Colliding = """
        {
          "id": "faults-v1", "definitionId": "faults", "name": "故障", "version": 1,
          "root": {
            "id": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "start", "type": "Elsa.Start", "version": 1 },
              { "id": "wait", "type": "Elsa.Event", "version": 1,
                "eventName": { "expression": { "type": "Literal", "value": "go" } } },
              { "id": "collide", "type": "Test.Collide", "version": 1 }
            ],
            "connections": [
              { "source": { "activity": "start", "port": "Done" }, "target": { "activity": "wait" } },
              { "source": { "activity": "wait", "port": "Done" }, "target": { "activity": "collide" } }
            ]
          }
        }
        """;
}

/// <summary>Breaks a unique index, as two racing transactions would.</summary>
[Activity("Test", "Collide", Category = "测试", DisplayName = "冲突", Description = "违反唯一索引。")]
internal sealed class Collide : Activity
{
    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var db = context.Services.GetRequiredService<ApprovalsDbContext>();
        db.OrgUnits.Add(new OrgUnit { Code = "same", Name = "甲", Kind = OrgUnitKind.Section });
        db.OrgUnits.Add(new OrgUnit { Code = "same", Name = "乙", Kind = OrgUnitKind.Section });
        await db.SaveChangesAsync(context.CancellationToken);
        await context.CompleteAsync();
    }
}
